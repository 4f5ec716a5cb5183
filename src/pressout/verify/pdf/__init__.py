"""PDFs: what one holds, what PDF/UA and PDF/A say of it, and what else keeps it from readers, listeners and printers."""

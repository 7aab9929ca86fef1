"""Sheets on paper: accessible PDFs, made in the background when a sheet is published or what it says changes."""

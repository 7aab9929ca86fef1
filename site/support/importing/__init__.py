"""Services from and to CSV files: read, compared with the directory, shown, and only then written, all or nothing."""

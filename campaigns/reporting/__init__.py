"""What a steering group reads each quarter: stored figures under their own names, never added up across kinds."""

"""What a round leaves behind: tables in Excel and Parquet, and a page for each organisation."""

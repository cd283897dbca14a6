"""The public notice: its days, its page, objections and what becomes of them."""

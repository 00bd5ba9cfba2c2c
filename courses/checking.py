"""Reading the content folder as a strict colleague would: every fault with its file and its line."""

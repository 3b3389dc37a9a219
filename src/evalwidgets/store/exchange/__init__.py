"""Tables from elsewhere: ratings that other tools wrote, read into the tidy table."""

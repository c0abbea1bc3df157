"""The page of the address asks for nothing: its buttons are forms with a key."""

from strategy_tracker.web.forms import Form


class AddressForm(Form):
    """The token against forgery, and the key that makes two sendings one."""

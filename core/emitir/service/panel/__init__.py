"""The back office: ``/panel``, where the administrator of a company links chats of Telegram and sees and ends links.

Pages without scripts. Who enters shows the company's UUID and token once and gets a session in a cookie.
"""

"""The methods of the Bot API that the bot may call, each as its documentation describes it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.bot.telegram.state import ApiError, Json, Sent, State

#: Parameters of a call, decoded, and the files that came with it: field to (name, content).
Params = Mapping[str, Any]
Files = Mapping[str, tuple[str, bytes]]

_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
_TAG = re.compile(r"<(/?)([a-z-]+)([^<>]*)>")


def shown(text: str, parse_mode: str) -> str:
    """The text that a person reads. Raises ApiError for markup that Telegram refuses."""
    if parse_mode != "HTML":
        return text
    open_tags: list[str] = []
    for closing, name, _ in _TAG.findall(text):
        if name not in _TAGS:
            raise ApiError(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{name}"')
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise ApiError(400, "Bad Request: can't parse entities: unmatched end tag")
    rest = _TAG.sub("", text)
    if open_tags or "<" in rest or re.search(r"&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);)", rest):
        raise ApiError(400, "Bad Request: can't parse entities")
    return html.unescape(rest)


def keyboard_of(params: Params) -> list[list[Json]]:
    """The rows of an inline keyboard. Raises ApiError for callback data beyond 64 bytes."""
    rows: list[list[Json]] = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    for row in rows:
        for button in row:
            if len(button.get("callback_data", "").encode()) > 64:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button.get("text"):
                raise ApiError(400, "Bad Request: text buttons are unallowed to be empty")
    return rows


def message(state: State, sent: Sent) -> Json:
    """A Message as the API returns it."""
    found: Json = {
        "message_id": sent.message_id,
        "date": 1_800_000_000,
        "chat": {"id": sent.chat_id, "type": "private", "first_name": "x"},
        "from": me(state),
    }
    if sent.kind == "text":
        found["text"] = sent.text
    elif sent.kind == "document":
        found["document"] = {"file_id": f"sent{sent.message_id}", "file_unique_id": f"u{sent.message_id}"}
        found["caption"] = sent.text
    else:
        size = {"file_id": f"sent{sent.message_id}", "file_unique_id": f"u{sent.message_id}"}
        found["photo"] = [{**size, "width": 1, "height": 1}]
        found["caption"] = sent.text
    return found


def me(state: State) -> Json:
    return {"id": 4242, "is_bot": True, "first_name": "Emitir", "username": state.username}


def _chat(state: State, params: Params) -> int:
    chat_id = int(params["chat_id"])
    state.check_chat(chat_id)
    return chat_id


def send_message(state: State, params: Params, files: Files) -> Any:
    chat_id = _chat(state, params)
    mode = params.get("parse_mode", "")
    text = shown(params.get("text", ""), mode)
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text) > 4096:
        raise ApiError(400, "Bad Request: message is too long")
    return message(state, state.add_sent(chat_id, "text", text, keyboard_of(params), parse_mode=mode))


def _send_file(kind: str) -> Callable[[State, Params, Files], Any]:
    def send(state: State, params: Params, files: Files) -> Any:
        chat_id = _chat(state, params)
        mode = params.get("parse_mode", "")
        caption = shown(params.get("caption", ""), mode)
        if len(caption) > 1024:
            raise ApiError(400, "Bad Request: message caption is too long")
        reference = str(params.get(kind, ""))
        name, content = files.get(reference.removeprefix("attach://")) or files.get(kind) or ("", b"")
        if not content and reference in state.files:  # one that Telegram has, by its file_id
            name, content = state.names.get(reference, ""), state.files[reference]
            state.sent_again.append(reference)
        if not content:
            raise ApiError(400, f"Bad Request: there is no {kind} in the request")
        sent = state.add_sent(
            chat_id, kind, caption, keyboard_of(params), file_name=name, content=content, parse_mode=mode
        )
        state.files[f"sent{sent.message_id}"] = content
        state.names[f"sent{sent.message_id}"] = name
        return message(state, sent)

    return send


def edit_message_text(state: State, params: Params, files: Files) -> Any:
    sent = state.find(_chat(state, params), int(params["message_id"]), "edit")
    text = shown(params.get("text", ""), params.get("parse_mode", ""))
    return _edit(state, sent, text, keyboard_of(params))


def edit_message_reply_markup(state: State, params: Params, files: Files) -> Any:
    sent = state.find(_chat(state, params), int(params["message_id"]), "edit")
    return _edit(state, sent, sent.text, keyboard_of(params))


def _edit(state: State, sent: Sent, text: str, keyboard: list[list[Json]]) -> Any:
    with state.changed:
        if (sent.text, sent.keyboard) == (text, keyboard):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        sent.text, sent.keyboard, sent.edits = text, keyboard, sent.edits + 1
        state.changed.notify_all()
    return message(state, sent)


def delete_message(state: State, params: Params, files: Files) -> Any:
    sent = state.find(_chat(state, params), int(params["message_id"]), "delete")
    sent.deleted = True
    return True


def answer_callback_query(state: State, params: Params, files: Files) -> Any:
    with state.changed:
        state.answered_queries[str(params["callback_query_id"])] = dict(params)
        state.changed.notify_all()
    return True


def answer_inline_query(state: State, params: Params, files: Files) -> Any:
    results = list(params.get("results", []))
    names = [str(result["id"]) for result in results]
    if (
        len(results) > 50
        or len(set(names)) < len(names)
        or not all(1 <= len(n.encode()) <= 64 for n in names)
    ):
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    for result in results:
        content = result.get("input_message_content", {"message_text": result.get("caption", "")})
        shown(content["message_text"], content.get("parse_mode") or result.get("parse_mode", ""))
        if result["type"] == "document" and result["document_file_id"] not in state.files:
            raise ApiError(400, "Bad Request: DOCUMENT_INVALID")
    with state.changed:
        state.inline_answers[str(params["inline_query_id"])] = results
        state.changed.notify_all()
    return True


def set_my_commands(state: State, params: Params, files: Files) -> Any:
    for command in params["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not command["description"]:
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    scope = params.get("scope") or {"type": "default"}
    name = params.get("language_code", "") if scope["type"] == "default" else f"chat {scope['chat_id']}"
    with state.changed:
        state.commands[name] = list(params["commands"])
        state.changed.notify_all()
    return True


def get_file(state: State, params: Params, files: Files) -> Any:
    file_id = str(params["file_id"])
    if file_id not in state.files:
        raise ApiError(400, "Bad Request: invalid file_id")
    size = len(state.files[file_id])
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"f/{file_id}"}


def set_webhook(state: State, params: Params, files: Files) -> Any:
    state.webhook = dict(params)
    return True


def delete_webhook(state: State, params: Params, files: Files) -> Any:
    state.webhook = {}
    return True


METHODS: dict[str, Callable[[State, Params, Files], Any]] = {
    "getme": lambda state, params, files: me(state),
    "sendmessage": send_message,
    "senddocument": _send_file("document"),
    "sendphoto": _send_file("photo"),
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "setmycommands": set_my_commands,
    "getfile": get_file,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "sendchataction": lambda state, params, files: True,
}


def decoded(value: str) -> Any:
    """A parameter: JSON where it is an object, a list, a number or a truth value, the text itself otherwise."""
    if value[:1] in "[{" or value in ("true", "false") or re.fullmatch(r"-?\d{1,18}", value):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value

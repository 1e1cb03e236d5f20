"""The settings as an operator writes them: which there are, and which values each may have."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, IPvAnyAddress, SecretStr, ValidationError

from player.settings.errors import SettingsError
from player.settings.origins import read_content, read_site

PREFIX = "PLAYER_"
SHORTEST_SECRET = 32


def _hard_to_guess(secret: SecretStr) -> SecretStr:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError
    return secret


class Written(BaseModel):
    """A setting's name is its field's, after PLAYER_; its description ends the sentence “Write …”."""

    model_config = ConfigDict(
        alias_generator=lambda name: PREFIX + name.upper(), frozen=True, hide_input_in_errors=True
    )

    data: Path = Path("data")
    database_url: str = ""
    site_origin: Annotated[str, AfterValidator(read_site)] = Field(
        "", description="an origin such as https://training.example.org, without a path"
    )
    content_origin: Annotated[str, AfterValidator(read_content)] = Field(
        "", description="an origin such as https://content.example.org, without a path"
    )
    secret_key: Annotated[SecretStr | None, AfterValidator(_hard_to_guess)] = Field(
        None,
        description=f"at least {SHORTEST_SECRET} characters, for example the output of "
        "`openssl rand -base64 32`: whoever guesses it can sign in as anybody",
    )
    frame_ancestors: str = ""
    proxy: IPvAnyAddress | None = Field(
        None, description="the address that the proxy comes from, such as 127.0.0.1"
    )
    work: Literal["here", "elsewhere"] = Field(
        "here", description="elsewhere where `player work` does the jobs, or nothing"
    )
    smtp_host: str = ""
    smtp_port: int = Field(25, gt=0, lt=65536, description="a number such as 587")
    smtp_tls: Literal["starttls", "tls", "none"] | None = Field(None, description="starttls, tls or none")
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_password_file: Path | None = None
    mail_from: str = Field(
        "",
        pattern=r"^[\x21-\x3f\x41-\x7e]+@[A-Za-z0-9.\-]+$",
        description="the address that e-mails come from, such as training@example.org",
    )


def read_written(environment: Mapping[str, str]) -> Written:
    """What the environment sets; an empty value sets nothing. All wrong values are told at once."""
    try:
        return Written.model_validate({name: value for name, value in environment.items() if value})
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_sentence(str(one["loc"][0]), environment) for one in error.errors())
        ) from None


def unknown(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each name that looks like a setting and is none."""
    known = _fields()
    return [
        f"{name} is no setting of the player and does nothing."
        + "".join(f" Did you mean {close}?" for close in get_close_matches(name, known, n=1))
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    ]


def _fields() -> dict[str, str]:
    return {str(field.alias): field.description or "" for field in Written.model_fields.values()}


def _sentence(name: str, environment: Mapping[str, str]) -> str:
    is_secret = name in ("PLAYER_SECRET_KEY", "PLAYER_SMTP_PASSWORD")
    given = f"has {len(environment[name])} characters" if is_secret else f"is {environment[name]!r}"
    return f"{name} {given}: write {_fields()[name]}."

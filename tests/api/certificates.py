"""Certificates for servers on loopback, good and bad, made when they are needed."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = x509.IPAddress(ip_address("127.0.0.1"))
OTHER_HOST = x509.DNSName("other.example")


class Authority:
    """Signs certificates; whoever trusts the file at `path` trusts them all."""

    def __init__(self, folder: Path) -> None:
        """Make the authority's own certificate and keep it in `folder`."""
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(f"Authority {folder.name}")  # found by its name
        builder = _builder(self._name, self._name, self._key.public_key(), days=(-9, 9))
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        self._certificate = builder.add_extension(constraints, critical=True).sign(
            self._key, hashes.SHA256()
        )
        self.path = folder / "authority.pem"
        self.path.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def context(
        self,
        host: x509.GeneralName = LOOPBACK,
        *,
        days: tuple[int, int] = (-1, 1),
        self_signed: bool = False,
        with_authority: bool = False,
    ) -> ssl.SSLContext:
        """Return what a server needs to speak TLS as `host`.

        Args:
            host: Whom the certificate names.
            days: From when until when it is valid, counted from now.
            self_signed: Whether it signs itself.
            with_authority: Whether the server sends the authority's certificate along.
        """
        key, name = ec.generate_private_key(ec.SECP256R1()), _name("A test's server")
        issuer, signer = (name, key) if self_signed else (self._name, self._key)
        builder = _builder(name, issuer, key.public_key(), days=days)
        names = x509.SubjectAlternativeName([host])
        leaf = builder.add_extension(names, critical=False).sign(signer, hashes.SHA256())
        chain = [leaf, self._certificate] if with_authority else [leaf]
        return self._context(key, chain)

    def _context(
        self, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate]
    ) -> ssl.SSLContext:
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        path = self._folder / f"{chain[0].serial_number}.pem"
        path.write_bytes(private + b"".join(part.public_bytes(pem) for part in chain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, days: tuple[int, int]
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )

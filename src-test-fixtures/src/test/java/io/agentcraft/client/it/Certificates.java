package io.agentcraft.client.it;

import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Certificates of a private CA, and of one that nobody trusts. */
final class Certificates {

  static final HeldCertificate CA = authority("Private CA");
  static final HeldCertificate STRANGER = authority("Stranger CA");

  private Certificates() {}

  static HeldCertificate signedFor(String host) {
    return signedFor(host, CA);
  }

  static HeldCertificate signedFor(String host, HeldCertificate ca) {
    return new HeldCertificate.Builder()
        .commonName(host)
        .addSubjectAlternativeName(host)
        .signedBy(ca)
        .build();
  }

  /** The sockets of a server that shows a certificate, and trusts clients of the private CA. */
  static SSLSocketFactory server(HeldCertificate own) {
    return trusting().heldCertificate(own).build().sslSocketFactory();
  }

  /** An OkHttp client that trusts the private CA. */
  static OkHttpClient client() {
    return client(trusting().build());
  }

  /** An OkHttp client that trusts the private CA, and has a certificate of its own. */
  static OkHttpClient client(HeldCertificate own) {
    return client(trusting().heldCertificate(own).build());
  }

  private static OkHttpClient client(HandshakeCertificates certificates) {
    return new OkHttpClient.Builder()
        .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
        .build();
  }

  private static HandshakeCertificates.Builder trusting() {
    return new HandshakeCertificates.Builder().addTrustedCertificate(CA.certificate());
  }

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder()
        .commonName(name)
        .certificateAuthority(0)
        .build();
  }
}

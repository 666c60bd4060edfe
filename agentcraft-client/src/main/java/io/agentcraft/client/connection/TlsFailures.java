package io.agentcraft.client.connection;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a failure of TLS may mean, in words. */
final class TlsFailures {

  private static final String BRING = "bring an OkHttpClient that has one, with okHttpClient(…)";

  private TlsFailures() {}

  static String explain(Throwable error) {
    String said = said(error);
    if (error instanceof SSLPeerUnverifiedException && said.startsWith("Hostname")) {
      return "the server's certificate is for another host: " + said
          + ". Use a host in the URL that the certificate names, or give the server one for this host.";
    }
    if (error instanceof SSLPeerUnverifiedException
        || causes(error).anyMatch(CertificateException.class::isInstance)) {
      return "the server's certificate is not trusted: " + said
          + ". For a private CA, bring an OkHttpClient that trusts it, with okHttpClient(…).";
    }
    String detail = said.toLowerCase(Locale.ROOT);
    if (detail.contains("alert") && (detail.contains("certificate") || detail.contains("_ca"))) {
      return "the server refused this client's certificate, or the lack of one: " + said
          + ". Where clients need a certificate, " + BRING + ".";
    }
    if (detail.contains("unrecognized ssl message") || detail.contains("not an ssl")) {
      return "the server does not speak TLS at this port: " + said
          + ". Check the port, and whether the URL must begin with ws:// rather than wss://.";
    }
    return "TLS failed: " + error.getClass().getSimpleName() + ": " + said
        + ". Check that the server speaks TLS at this port (wss://); where clients need a certificate, "
        + BRING + ".";
  }

  private static String said(Throwable error) {
    String message = error.getMessage();
    return message == null ? "no details" : message.strip().replaceAll("\\s+", " ");
  }

  private static Stream<Throwable> causes(Throwable error) {
    // Bounded: nothing says that causes do not go round in a circle.
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(20);
  }
}

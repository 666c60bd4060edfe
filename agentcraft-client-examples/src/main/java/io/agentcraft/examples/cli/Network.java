package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.testing.conformance.ConformanceKit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches a server: through which proxy, and whom it trusts. */
final class Network {

  private final Map<String, String> environment;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Trust the certificate authorities in this PEM file, instead of the usual ones.")
  private @Nullable Path authorities;

  Network() {
    this(System.getenv());
  }

  /** For tests. */
  Network(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Gives it to a client, if it is not what clients do by default. */
  void addTo(AgentCraftClientBuilder client) {
    if (!isDefault()) {
      client.okHttpClient(addTo(new OkHttpClient.Builder()).build());
    }
  }

  /** Gives it to the conformance kit, if it is not what the kit does by default. */
  void addTo(ConformanceKit kit) {
    if (!isDefault()) {
      kit.okHttpClient(addTo(new OkHttpClient.Builder()).build());
    }
  }

  /**
   * Gives it to an OkHttp client.
   *
   * @throws IllegalArgumentException if a file or a variable cannot be used, with its name
   */
  OkHttpClient.Builder addTo(OkHttpClient.Builder http) {
    Proxies proxies = new Proxies(environment);
    if (!proxies.isEmpty()) {
      http.proxySelector(proxies).proxyAuthenticator(proxies.authenticator());
    }
    if (authorities != null) {
      trust(authorities, http);
    }
    return http;
  }

  /** Returns whether the environment names a proxy. */
  boolean hasProxy() {
    return !new Proxies(environment).isEmpty();
  }

  private boolean isDefault() {
    return authorities == null && !hasProxy();
  }

  /** Describes why a file that an option names cannot be read. */
  static Advice.WrongFile unreadable(String option, Path file, IOException why, String use) {
    String reason = why instanceof NoSuchFileException
        ? "there is no such file"
        : why instanceof AccessDeniedException
            ? "access is denied"
            : String.valueOf(why.getMessage()).replaceFirst("\\.$", "");
    return new Advice.WrongFile(
        option + " " + file + " can't be read: " + reason + ". Give a file that holds " + use + ".",
        why);
  }

  private static void trust(Path file, OkHttpClient.Builder http) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("it has none");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate : certificates) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      http.sslSocketFactory(tls.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0]);
    } catch (IOException unreadable) {
      throw unreadable("--ca", file, unreadable, "certificates");
    } catch (GeneralSecurityException noCertificates) {
      throw new Advice.WrongFile(
          "--ca " + file + " holds no certificates. Give a file in PEM format, which has lines with"
              + " BEGIN CERTIFICATE.",
          noCertificates);
    }
  }
}

package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.TokenProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Connects over TLS to a server whose certificate a private authority signed, with a token that is read anew for each
 * handshake, so that it may be renewed meanwhile. Arguments: the server's wss URL, the authority's certificate (PEM), and
 * the file with the token.
 */
public final class TlsAndToken {

  private TlsAndToken() {}

  /**
   * Runs the example.
   *
   * @param args the URL, the certificate and the token's file
   * @throws IOException if the certificate can't be read
   * @throws GeneralSecurityException if it can't be used
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    OkHttpClient http = trusting(Path.of(args[1]));
    try (AgentCraftClient client = client(args[0], http, Path.of(args[2]))) {
      System.out.println(client.connect().join().status());
    } finally {
      // Whoever made it ends its threads, or else the program goes on for a minute.
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  static AgentCraftClient client(String url, OkHttpClient http, Path token) {
    TokenProvider tokens = () -> CompletableFuture.supplyAsync(() -> readToken(token));
    return AgentCraftClient.builder(url)
        .okHttpClient(http)
        .tokenProvider(tokens)
        .build();
  }

  static OkHttpClient trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, factory.getTrustManagers(), null);
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    return new OkHttpClient.Builder()
        .sslSocketFactory(tls.getSocketFactory(), manager)
        .build();
  }

  private static String readToken(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new IllegalStateException("No token in " + file + ".", unreadable);
    }
  }
}

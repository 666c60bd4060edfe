package io.agentcraft.examples.recipes;

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
 * Connects over TLS to a server with a certificate from a private authority, and sends a bearer token. The token file is
 * read again for each handshake, so it can be renewed while the client runs.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.TlsAndToken wss://localhost:8443
 * AUTHORITY.pem TOKEN_FILE}
 */
public final class TlsAndToken {

  private TlsAndToken() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL, the authority's certificate as PEM, and the file with the token
   * @throws IOException if the certificate cannot be read
   * @throws GeneralSecurityException if the certificate cannot be used
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    OkHttpClient http = trusting(Path.of(args[1]));
    try (AgentCraftClient client = client(args[0], http, Path.of(args[2]))) {
      System.out.println(client.connect().join().status());
    } finally {
      // Otherwise the threads of this OkHttpClient keep the program alive for a minute.
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
      throw new IllegalStateException("The token file " + file + " cannot be read.", unreadable);
    }
  }
}

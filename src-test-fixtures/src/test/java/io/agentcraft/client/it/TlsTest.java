package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS, with the certificates and the trust of the caller's OkHttp client. */
class TlsTest extends IntegrationTest {

  private static final String HERE = "127.0.0.1";

  private ReferenceServer server(HeldCertificate certificate, boolean clientCertificate) {
    return server(options -> options
        .tls(Certificates.server(certificate), clientCertificate)
        .requireToken("open-sesame"));
  }

  private AgentCraftClient client(ReferenceServer server, OkHttpClient http) {
    return client(
        server,
        options -> options
            .okHttpClient(http)
            .token("open-sesame")
            .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0)));
  }

  private CompletableFuture<PublishReceipt> publish(ReferenceServer server, OkHttpClient http) {
    AgentCraftClient client = client(
        server,
        options -> options
            .okHttpClient(http)
            .token("open-sesame")
            .publishTransport(PublishTransport.HTTP)
            .publishForm(PublishForm.AGENT_STATUS)
            .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0)));
    return client.agent("a", "Agent").completed("done").toCompletableFuture();
  }

  private DisconnectCause.TlsFailed refused(ReferenceServer server, OkHttpClient http, String why) {
    ConnectionFailedException failed =
        Await.failure(client(server, http).connect(), ConnectionFailedException.class);
    assertThat(failed).hasMessageContaining(why);
    assertThat(failed.getMessage()).doesNotContain("\n", "open-sesame");
    assertThat(failed.disconnectCause()).isInstanceOf(DisconnectCause.TlsFailed.class);
    DisconnectCause.TlsFailed cause = (DisconnectCause.TlsFailed) failed.disconnectCause();
    assertThat(failed).hasCause(cause.error());

    PublishFailedException post =
        Await.failure(publish(server, http), PublishFailedException.class);
    assertThat(post).hasMessageContaining(why).hasCauseInstanceOf(SSLException.class);
    assertThat(server.connections()).isEmpty();
    return cause;
  }

  @Test
  void aPrivateCaThroughTheCallersOkHttpClient() {
    ReferenceServer server = server(Certificates.signedFor(HERE), false);
    AgentCraftClient client = client(server, Certificates.client());
    Recorder<AgentStatusUpdate> received = new Recorder<>();
    client.onAgentStatus(received::add);
    Await.get(client.connect());

    assertThat(server.url()).startsWith("wss://");
    assertThat(server.awaitConnection().header("Authorization")).contains("Bearer open-sesame");
    assertThat(Await.get(publish(server, Certificates.client())).isDelivered()).isTrue();
    assertThat(received.next().message()).isEqualTo("done");
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    ReferenceServer server = server(Certificates.signedFor("other.example"), false);

    DisconnectCause.TlsFailed cause =
        refused(server, Certificates.client(), "the server's certificate is for another host");

    assertThat(cause.error()).isInstanceOf(SSLPeerUnverifiedException.class);
    assertThat(cause.description())
        .contains(HERE, "other.example", "Use a host in the URL that the certificate names");
  }

  @Test
  void theCertificateOfAnUnknownCaIsRefused() {
    ReferenceServer server = server(Certificates.signedFor(HERE, Certificates.STRANGER), false);
    refused(server, Certificates.client(), "the server's certificate is not trusted");
    refused(server, new OkHttpClient(), "okHttpClient(…)");
  }

  @Test
  void aCertificateOfTheClientThroughTheCallersOkHttpClient() {
    ReferenceServer server = server(Certificates.signedFor(HERE), true);
    OkHttpClient http = Certificates.client(Certificates.signedFor("agent-7"));

    connected(server, client(server, http));

    assertThat(Await.get(publish(server, http)).isDelivered()).isTrue();
  }

  @Test
  void aRefusedCertificateIsTriedAgainUnlessThePolicySaysOtherwise() {
    ReferenceServer server = server(Certificates.signedFor("other.example"), false);
    AgentCraftClient patient =
        client(server, options -> options.okHttpClient(Certificates.client()));
    Recorder<ConnectionState> states = states(patient);
    var unused = patient.connect();

    // A certificate may be renewed: a client that was connected for weeks must not give up because
    // of it.
    assertThat(waiting(states).cause()).isInstanceOf(DisconnectCause.TlsFailed.class);
    AgentCraftClient strict = client(
        server,
        options -> options
            .okHttpClient(Certificates.client())
            .reconnectPolicy(ExponentialBackoff.defaults()
                .withGiveUpRule(context -> context.cause() instanceof DisconnectCause.TlsFailed)));
    Await.failure(strict.connect(), ConnectionFailedException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void withoutTheCertificateThatTheServerWantsTheErrorSaysSo(TlsVersion version) {
    ReferenceServer server = server(Certificates.signedFor(HERE), true);
    ConnectionSpec spec = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
        .tlsVersions(version)
        .build();
    OkHttpClient http =
        Certificates.client().newBuilder().connectionSpecs(List.of(spec)).build();

    ConnectionFailedException failed =
        Await.failure(client(server, http).connect(), ConnectionFailedException.class);
    PublishFailedException post =
        Await.failure(publish(server, http), PublishFailedException.class);

    // Whether the server's alert or the end of TCP is seen first is a matter of luck.
    assertThat(failed.disconnectCause())
        .isInstanceOfAny(DisconnectCause.TlsFailed.class, DisconnectCause.ConnectionLost.class);
    for (Exception error : List.of(failed, post)) {
      assertThat(error)
          .hasMessageContaining("certificate")
          .hasMessageContaining("okHttpClient(…)")
          .hasCauseInstanceOf(IOException.class);
    }
    assertThat(server.connections()).isEmpty();
  }
}

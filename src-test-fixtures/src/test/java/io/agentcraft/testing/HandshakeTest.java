package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Which handshakes are accepted: paths, client ids, tokens, TLS and addresses. */
class HandshakeTest {

  private static final String ID = "client_1795386973123_k3j9x0q2z";

  @Test
  void refusesWrongPathsAndIdsWith403() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      assertThat(status(server, "/api/ws/agent-tracking/" + ID)).isEqualTo(403);
      assertThat(status(server, "/elsewhere/" + ID)).isEqualTo(403);
      assertThat(status(server, "/" + ID)).isEqualTo(403);
      assertThat(status(server, "/ws/agent-tracking/" + ID + "/more")).isEqualTo(403);
      for (String id :
          new String[] {"", "client-123", "client_1", "client_1_A", "client_x_a", "client_%D9%A1_a"
          }) {
        assertThat(status(server, "/ws/agent-tracking/" + id)).as(id).isEqualTo(403);
      }
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  void acceptsAndThenCloses1008IfAskedTo() throws Exception {
    try (ReferenceServer server = ReferenceServer.builder()
            .clientIdCheck(ClientIdCheck.ACCEPT_THEN_1008)
            .start();
        RawClient client = RawClient.start(server.url("/ws/agent-tracking/nobody"))) {
      assertThat(client.end().code()).isEqualTo(1008);
      assertThat(client.end().reason()).isEqualTo("Invalid client ID");
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void takesAnyIdIfAskedTo() throws Exception {
    try (ReferenceServer server =
            ReferenceServer.builder().clientIdCheck(ClientIdCheck.OFF).start();
        RawClient client = RawClient.start(server.url("/ws/agent-tracking/nobody%20special"))) {
      client.take("active_sessions");
      assertThat(server.awaitConnection().clientId()).isEqualTo("nobody special");
    }
  }

  @Test
  void mountsAtTheGivenPaths() throws Exception {
    try (ReferenceServer server = ReferenceServer.builder()
            .paths("/ws/agent-tracking", "/api/ws/agent-tracking/")
            .start();
        RawClient one = RawClient.start(server.url("ws/agent-tracking/client_1_a"));
        RawClient other = RawClient.start(server.url("/api/ws/agent-tracking/client_2_b"))) {
      one.take("active_sessions");
      other.take("active_sessions");
      assertThat(server.awaitConnections(2))
          .extracting(ClientConnection::path)
          .containsExactlyInAnyOrder(
              "/ws/agent-tracking/client_1_a", "/api/ws/agent-tracking/client_2_b");
    }
    try (ReferenceServer server =
        ReferenceServer.builder().form(WireForm.DEPLOYED).start()) {
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(403);
      assertThat(status(server, "/api/ws/agent-tracking/" + ID)).isEqualTo(101);
    }
  }

  @Test
  void wantsItsTokenEverywhere() throws Exception {
    try (ReferenceServer server =
        ReferenceServer.builder().requireToken("s3cret").start()) {
      String url = server.url("/ws/agent-tracking/" + ID);
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(401);
      assertThat(end(url, "Authorization", "Bearer other")).isEqualTo(401);
      try (RawClient client = RawClient.start(url, "Authorization", "Bearer s3cret")) {
        client.take("active_sessions");
        assertThat(server.awaitConnection().header("authorization")).contains("Bearer s3cret");
      }
    }
  }

  @Test
  void refusesTheNextHandshakesOnly() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().refuseNextHandshakes(2, 503, "Retry-After", "7");
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(503);
      assertThat(server.faults().pendingRefusals()).isEqualTo(1);
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(503);
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(101);
    }
  }

  @Test
  void stallsUntilReleased() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().stallNextHandshake();
      try (RawClient stalled = RawClient.start(server.url("/ws/agent-tracking/client_1_a"));
          RawClient other = RawClient.start(server.url("/ws/agent-tracking/client_2_b"))) {
        // One of the two stalls, whichever came first; the other one is served.
        server.awaitConnection();
        assertThat(stalled.isOpening() || other.isOpening()).isTrue();
        server.faults().releaseStalledHandshakes();
        server.awaitConnections(2);
      }
    }
  }

  @Test
  void compressesWhatItIsOffered() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        ReferenceServer plain = ReferenceServer.builder().compression(false).start();
        RawClient client = RawClient.connect(server);
        RawClient other = RawClient.connect(plain)) {
      assertThat(client.response().header("Sec-WebSocket-Extensions"))
          .isEqualTo("permessage-deflate");
      assertThat(other.response().header("Sec-WebSocket-Extensions")).isNull();
      String text = "{\"type\":\"big\",\"text\":\"" + "x".repeat(100_000) + "\"}";
      server.sendRaw(text);
      plain.sendRaw(text);
      assertThat(client.take()).isEqualTo(text);
      assertThat(other.take()).isEqualTo(text);
    }
  }

  @Test
  void speaksTls() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    HandshakeCertificates both = new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .addTrustedCertificate(certificate.certificate())
        .build();
    SSLSocketFactory sockets = both.sslSocketFactory();
    try (ReferenceServer server = ReferenceServer.builder().tls(sockets, true).start()) {
      assertThat(server.url()).startsWith("wss://");
      var http = RawClient.HTTP
          .newBuilder()
          .sslSocketFactory(sockets, both.trustManager())
          .build();
      try (RawClient client = RawClient.start(http, server.url("/ws/agent-tracking/" + ID))) {
        client.take("active_sessions");
        server.faults().frames().garbage();
        assertThat(client.take()).contains("no JSON");
        server.faults().cutConnections();
        assertThat(client.end().failure()).isNotNull();
      }
      try (RawClient client = RawClient.start(http, server.url("/ws/agent-tracking/" + ID))) {
        client.take("active_sessions");
        server.faults().wire().cutAtNextFrame(WireFaults.CutPoint.AFTER_FRAME);
        server.sendRaw("the last word");
        assertThat(client.take()).isEqualTo("the last word");
        assertThat(client.end().failure()).isNotNull();
      }
    }
  }

  @Test
  void listensOnLoopbackByDefault() {
    try (ReferenceServer server = ReferenceServer.start()) {
      assertThat(server.url()).isEqualTo("ws://127.0.0.1:" + server.port());
    }
  }

  @Test
  void isNotThereForOtherMachinesUnlessAskedTo() throws Exception {
    // Any address of 127.0.0.0/8 is this machine, but a server bound to 127.0.0.1 is only there.
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    try (ReferenceServer server = ReferenceServer.start();
        Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, server.port()), 10_000))
          .isInstanceOf(ConnectException.class);
    }
    InetAddress all = InetAddress.getByAddress(new byte[4]);
    try (ReferenceServer server = ReferenceServer.builder().bindAddress(all).start();
        Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(other, server.port()), 10_000);
      assertThat(server.url()).isEqualTo("ws://127.0.0.1:" + server.port());
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(101);
    }
    try (ReferenceServer server = ReferenceServer.builder().bindAddress(other).start()) {
      assertThat(server.httpUrl()).isEqualTo("http://127.0.0.2:" + server.port());
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(101);
    }
  }

  @Test
  void writesAnIpv6AddressAsUrlsDo() throws Exception {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    InetAddress six = InetAddress.getByAddress(loopback);
    assumeTrue(NetworkInterface.getByInetAddress(six) != null, "no IPv6 on this machine");
    try (ReferenceServer server = ReferenceServer.builder().bindAddress(six).start()) {
      assertThat(server.url()).startsWith("ws://[").endsWith("]:" + server.port());
      assertThat(status(server, "/ws/agent-tracking/" + ID)).isEqualTo(101);
    }
  }

  private static int status(ReferenceServer server, String path) throws Exception {
    return end(server.url(path));
  }

  private static int end(String url, String... headers) throws Exception {
    try (RawClient client = RawClient.start(url, headers)) {
      return client.handshakeStatus();
    }
  }
}

package io.agentcraft.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.ClosedByServer;
import io.agentcraft.client.connection.DisconnectCause.ConnectionLost;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OkHttpListenerTest {

  private static final Request REQUEST =
      new Request.Builder().url("http://localhost:1/").build();

  private static final Response ANSWER = new Response.Builder()
      .request(REQUEST)
      .protocol(Protocol.HTTP_1_1)
      .code(101)
      .message("")
      .build();

  private final Events events = new Events();
  private final Socket socket = new Socket();
  private final OkHttpListener listener = new OkHttpListener(events, InstantSource.system());

  @Test
  void anErrorInACallbackEndsTheConnectionAndGoesNoFurther() {
    listener.onOpen(socket, ANSWER);
    events.death = new OutOfMemoryError("no memory");
    listener.onMessage(socket, "text");
    assertThat(events.ends)
        .singleElement()
        .isInstanceOfSatisfying(
            ConnectionLost.class, lost -> assertThat(lost.error()).isSameAs(events.death));
    assertThat(socket.cancelled).isEqualTo(1);
    listener.onFailure(socket, new IOException("Socket closed"), null);
    assertThat(events.ends).hasSize(1);
  }

  @Test
  void itIsTheSameInEachOfThem() {
    events.death = new StackOverflowError();
    listener.onOpen(socket, ANSWER);
    listener.onMessage(socket, "text");
    listener.onMessage(socket, ByteString.EMPTY);
    listener.onClosing(socket, 1001, "");
    assertThat(events.ends).hasSize(1);
    assertThat(socket.cancelled).isEqualTo(4);
  }

  @Test
  void whatTheServerSaidBeforeCountsForMore() {
    listener.onOpen(socket, ANSWER);
    events.death = new OutOfMemoryError();
    listener.onClosing(socket, 1008, "bye");
    assertThat(events.ends).containsExactly(new ClosedByServer(1008, "bye"));
  }

  @Test
  void aReaderThatDiedEndsTheConnectionOnce() {
    listener.onOpen(socket, ANSWER);
    listener.onReaderDied();
    listener.onReaderDied();
    listener.onFailure(socket, new IOException("Socket closed"), null);
    assertThat(events.ends)
        .singleElement()
        .isInstanceOfSatisfying(
            ConnectionLost.class,
            lost -> assertThat(lost.error()).hasMessageContaining("uncaught exceptions"));
  }

  @Test
  void aReaderThatEndsBecauseOfACloseFrameHasNotDied() {
    listener.onOpen(socket, ANSWER);
    listener.onClosing(socket, 1001, "");
    listener.onReaderDied();
    assertThat(events.ends).isEmpty();
    listener.onClosed(socket, 1001, "");
    assertThat(events.ends).containsExactly(new ClosedByServer(1001, ""));
  }

  @Test
  void whatWeCancelOurselvesHasNotDied() {
    listener.onOpen(socket, ANSWER);
    new OkHttpTransport.OkHttpSocket(socket, listener).cancel();
    listener.onReaderDied();
    assertThat(events.ends).isEmpty();
    listener.onFailure(socket, new IOException("Canceled"), null);
    assertThat(events.ends).hasSize(1);
  }

  @Test
  void anUpgradeThatIsNoneIsNotTakenForAServerThatSpeaksNoHttp() {
    IOException error = new ProtocolException("Expected 'Sec-WebSocket-Accept'");
    listener.onFailure(socket, error, ANSWER);
    assertThat(events.ends).containsExactly(new ConnectionLost(error));
  }

  private static final class Events implements Transport.Listener {

    final List<DisconnectCause> ends = new ArrayList<>();

    @Nullable
    Error death;

    private void die() {
      if (death != null) {
        throw death;
      }
    }

    @Override
    public void onOpen(Transport.Socket socket) {
      die();
    }

    @Override
    public void onText(String text) {
      die();
    }

    @Override
    public void onBinary(int size) {
      die();
    }

    @Override
    public void onLeftOut(long bytes) {
      die();
    }

    @Override
    public void onClosing(int code, String reason) {
      die();
    }

    @Override
    public void onEnded(DisconnectCause cause) {
      ends.add(cause);
    }
  }

  private static final class Socket implements WebSocket {

    int cancelled;

    @Override
    public Request request() {
      return REQUEST;
    }

    @Override
    public long queueSize() {
      return 0;
    }

    @Override
    public boolean send(String text) {
      return true;
    }

    @Override
    public boolean send(ByteString bytes) {
      return true;
    }

    @Override
    public boolean close(int code, @Nullable String reason) {
      return true;
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }
}

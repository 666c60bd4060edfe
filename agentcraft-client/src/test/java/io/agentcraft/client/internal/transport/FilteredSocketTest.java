package io.agentcraft.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Sink;
import okio.Socket;
import okio.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilteredSocketTest {

  private static final int TEXT_WHOLE = 0x81;
  private static final int COMPRESSED_WHOLE = 0xc1;

  private final Buffer network = new Buffer();
  private final Watch watch = new Watch();
  private @Nullable Throwable death;
  private final FilteredSocket socket =
      new FilteredSocket(new Raw(), 20, Compression.WITH_CONTEXT, watch);
  private final Buffer read = new Buffer();

  @Test
  void whatCameBeforeAMessageThatIsTooLargeStillArrives() throws IOException {
    network.writeByte(TEXT_WHOLE).writeByte(2).writeUtf8("{}");
    network.writeByte(COMPRESSED_WHOLE).writeByte(21);
    assertThat(socket.getSource().read(read, 100)).isEqualTo(4);
    assertThatThrownBy(() -> socket.getSource().read(read, 100))
        .isInstanceOf(FrameFilter.MessageTooBigException.class);
    assertThatThrownBy(() -> socket.getSource().read(read, 100))
        .isInstanceOf(FrameFilter.MessageTooBigException.class);
  }

  @Test
  void anErrorBecomesWhatOkHttpTellsItsListener() throws IOException {
    death = new OutOfMemoryError("no memory");
    assertThatThrownBy(() -> socket.getSource().read(read, 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("OutOfMemoryError: no memory")
        .hasCause(death);
    socket.getSource().close();
    assertThat(watch.deaths).isZero();
  }

  @Test
  void theEndOfTheStreamIsNoDeath() throws IOException {
    assertThat(socket.getSource().read(read, 100)).isEqualTo(-1);
    socket.getSource().close();
    assertThat(watch.deaths).isZero();
  }

  @Test
  void norIsWhatWasReadInVain() throws IOException {
    death = new IllegalStateException("a bug");
    assertThatThrownBy(() -> socket.getSource().read(read, 100)).isSameAs(death);
    socket.getSource().close();
    assertThat(watch.deaths).isZero();
  }

  @Test
  void aReaderThatClosesInTheMidstOfItIsDead() throws IOException {
    network.writeByte(TEXT_WHOLE).writeByte(2).writeUtf8("{}");
    assertThat(socket.getSource().read(read, 100)).isEqualTo(4);
    socket.getSource().close();
    assertThat(watch.deaths).isEqualTo(1);
  }

  @Test
  void eachFrameThatLeavesMakesRoomForAPing() throws IOException {
    for (int i = 0; i <= FrameFilter.Pongs.MOST_OWED; i++) {
      network.writeByte(0x89).writeByte(0);
    }
    network.writeByte(TEXT_WHOLE).writeByte(0);
    drain();
    assertThat(read.size()).isEqualTo(2L * FrameFilter.Pongs.MOST_OWED + 2);
    socket.getSink().write(new Buffer().writeUtf8("pong"), 4);
    read.clear();
    network.writeByte(0x89).writeByte(0).writeByte(0x89).writeByte(0);
    drain();
    assertThat(read.size()).isEqualTo(2);
  }

  private void drain() throws IOException {
    while (socket.getSource().read(read, 100) != -1) {
      // Everything that is there.
    }
  }

  private static final class Watch implements MaxMessageSizeInterceptor.Watch {

    int deaths;

    @Override
    public void onLeftOut(long bytes) {
      throw new AssertionError("nothing is left out here");
    }

    @Override
    public void onReaderDied() {
      deaths++;
    }
  }

  private final class Raw implements Socket {

    @Override
    public Source getSource() {
      return new ForwardingSource(network) {
        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
          if (death instanceof Error error) {
            throw error;
          }
          if (death instanceof RuntimeException bug) {
            throw bug;
          }
          return super.read(sink, byteCount);
        }
      };
    }

    @Override
    public Sink getSink() {
      return Okio.blackhole();
    }

    @Override
    public void cancel() {}
  }
}

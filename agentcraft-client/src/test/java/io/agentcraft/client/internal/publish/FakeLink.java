package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A socket that keeps what is sent. */
final class FakeLink implements Transport.Socket {

  final List<String> frames = new ArrayList<>();
  /** Is shown what is sent. */
  Consumer<String> peer = frame -> {};

  boolean closing;
  long queuedBytes;

  @Override
  public boolean send(String text) {
    if (!closing) {
      frames.add(text);
      peer.accept(text);
    }
    return !closing;
  }

  @Override
  public long queuedBytes() {
    return queuedBytes;
  }

  @Override
  public void close(int code) {
    closing = true;
  }

  @Override
  public void cancel() {
    closing = true;
  }
}

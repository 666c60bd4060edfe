package io.agentcraft.client.internal.transport;

import java.util.ArrayList;
import java.util.List;

/** A socket that keeps what it was given to send. */
public final class RecordingLink implements Link {

  public final List<String> sent = new ArrayList<>();
  public boolean closing;
  public long queued;

  @Override
  public boolean send(String text) {
    return !closing && sent.add(text);
  }

  @Override
  public long queuedBytes() {
    return queued;
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

package io.agentcraft.client.internal.connection;

import io.agentcraft.client.internal.transport.Link;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.record.FrameDirection;
import io.agentcraft.client.time.Scheduler;
import java.nio.charset.StandardCharsets;

/**
 * An open socket: sends, and notes when. May be used from any thread.
 *
 * @param clientId the id that the server knows this connection by
 * @param observers told of the frames that go and come
 */
public record Connection(
    long generation,
    Link link,
    Activity activity,
    Scheduler clock,
    String clientId,
    Observers observers) {

  /** OkHttp closes a socket whose queue would grow beyond this; servers refuse a frame beyond it. */
  private static final long MOST_QUEUED_BYTES = 16L << 20;

  private static final int MOST_BYTES_A_CHAR = 3;

  /** What became of a frame. */
  public enum Result {
    SENT,
    /** The socket takes no more frames. */
    CLOSING,
    /** Too much waits for the network already, or the frame alone is too large. */
    FULL
  }

  public Result send(String text) {
    long room = MOST_QUEUED_BYTES - link.queuedBytes();
    if ((long) text.length() * MOST_BYTES_A_CHAR > room
        && text.getBytes(StandardCharsets.UTF_8).length > room) {
      return Result.FULL;
    }
    if (!link.send(text)) {
      return Result.CLOSING;
    }
    activity.frameOut(clock.nanoTime());
    observers.meter().tell(ClientMetrics::frameSent);
    observers.tap().frame(FrameDirection.OUT, text);
    return Result.SENT;
  }
}

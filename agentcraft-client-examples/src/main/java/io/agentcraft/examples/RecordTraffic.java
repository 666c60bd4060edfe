package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.record.FrameRecorder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Records what a server sends, for tests that replay it with {@code server.replay(file, …)}. Arguments: the server's URL,
 * the file, and for how many seconds.
 */
public final class RecordTraffic {

  private RecordTraffic() {}

  /**
   * Runs the example.
   *
   * @param args the URL, the file and the seconds
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    record(args[0], Path.of(args[1]), Long.parseLong(args[2]));
  }

  static void record(String url, Path file, long seconds) throws InterruptedException {
    try (FrameRecorder recorder = FrameRecorder.to(file);
        AgentCraftClient client =
            AgentCraftClient.builder(url).frameListener(recorder).build()) {
      client.connect().join();
      TimeUnit.SECONDS.sleep(seconds);
    }
  }
}

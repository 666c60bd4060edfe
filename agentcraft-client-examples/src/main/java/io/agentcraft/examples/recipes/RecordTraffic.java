package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.record.FrameRecorder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Records the frames that a client receives and sends, one JSON object per line. Tests replay the file with {@code
 * server.replay(file, …)}; the command {@code agentcraft replay FILE} does the same.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.RecordTraffic ws://localhost:8000 FILE
 * SECONDS}
 */
public final class RecordTraffic {

  private RecordTraffic() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL, the file, and for how many seconds to record
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

package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes the place of {@code System.out}, so that a test sees what a snippet prints. */
final class CapturedOutput implements AutoCloseable {

  private final PrintStream before = System.out;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  CapturedOutput() {
    System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
  }

  /** Waits for a line, whatever is printed before it. */
  void awaitLine(String expected) throws InterruptedException {
    List<String> others = new ArrayList<>();
    String line = lines.poll(10, TimeUnit.SECONDS);
    while (!expected.equals(line)) {
      if (line == null) {
        fail("Expected the line \"%s\", but these were printed: %s", expected, others);
      }
      others.add(line);
      line = lines.poll(10, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    System.setOut(before);
  }

  private final class Lines extends OutputStream {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int oneByte) {
      if (oneByte == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (oneByte != '\r') {
        line.write(oneByte);
      }
    }
  }
}

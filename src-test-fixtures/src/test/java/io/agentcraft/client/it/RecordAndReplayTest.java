package io.agentcraft.client.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.FrameRecorder;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.Replay;
import io.agentcraft.testing.ReplaySpeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients receive from a replay what another client received when it was recorded. */
class RecordAndReplayTest extends IntegrationTest {

  @TempDir
  private Path folder;

  @Test
  void whatWasReceivedIsReceivedAgainByAnyNumberOfClients() throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    ReferenceServer live = server();
    try (FrameRecorder recorder = FrameRecorder.to(file)) {
      AgentCraftClient client = client(live, options -> options.frameListener(recorder));
      Recorder<AgentCollaboration> received = new Recorder<>();
      client.onAgentCollaboration(received::add);
      connected(live, client);
      live.collaboration("Writer", "Reader", "one");
      live.sendRaw("no JSON at all");
      live.collaboration("Writer", "Reader", "two");
      received.next(2);
      Await.get(client.getSessionLogs("session_1").handle((logs, error) -> true));
    }
    List<RecordedFrame> frames =
        Files.readAllLines(file).stream().map(RecordedFrame::parse).toList();
    assertThat(frames)
        .filteredOn(frame -> frame.direction() == Direction.OUT)
        .singleElement()
        .satisfies(frame -> assertThat(frame.text()).contains("get_session_logs"));

    ReferenceServer server = server();
    server.faults().rewriteSent((connection, text) -> List.of());
    List<Recorder<String>> receivers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Recorder<String> received = new Recorder<>();
      AgentCraftClient client = client(
          server,
          options -> options.frameListener((way, text) -> {
            if (way == Direction.IN) {
              received.add(text);
            }
          }));
      Await.get(client.connect());
      receivers.add(received);
    }
    server.awaitConnections(3);
    Replay replay = server.replay(file, ReplaySpeed.UNLIMITED);
    Await.get(replay.done());
    List<String> in = frames.stream()
        .filter(frame -> frame.direction() == Direction.IN)
        .map(RecordedFrame::text)
        .toList();
    assertThat(replay.sent()).isEqualTo(in.size());
    for (Recorder<String> received : receivers) {
      assertThat(received.next(in.size())).isEqualTo(in);
    }
  }

  @Test
  void keepsTheTimeOfTheRecordingOrAMultipleOfIt() throws Exception {
    Path file = recording(5_000, 5_000, 6_000, 65_000);
    ReferenceServer server = server();
    Recorder<String> received = listening(server);
    Replay replay = server.replay(file, ReplaySpeed.times(10));
    assertThat(received.next(2)).containsExactly("frame 0", "frame 1");
    serverClock.advance(Duration.ofMillis(100));
    assertThat(received.next()).isEqualTo("frame 2");
    serverClock.advance(Duration.ofMillis(5_899));
    assertThat(received.rest()).isEmpty();
    assertThat(replay.position()).isEqualTo(Duration.ofSeconds(6));
    assertThat(replay.done()).isNotDone();
    serverClock.advance(Duration.ofMillis(1));
    assertThat(received.next()).isEqualTo("frame 3");
    Await.get(replay.done());
    assertThat(replay.sent()).isEqualTo(4);
  }

  @Test
  void stopsOnRequest() throws Exception {
    ReferenceServer server = server();
    Recorder<String> received = listening(server);
    Replay replay = server.replay(recording(0, 1_000), ReplaySpeed.REAL_TIME);
    received.next();
    replay.stop();
    replay.stop();
    Await.get(replay.done());
    serverClock.advance(Duration.ofSeconds(5));
    assertThat(replay.sent()).isEqualTo(1);
    assertThat(received.rest()).isEmpty();
  }

  @Test
  void namesTheLineThatIsBrokenBehindWhatWasSound() throws Exception {
    Path file = recording(0, 0);
    Files.writeString(file, Files.readString(file) + "broken\n" + Files.readString(file));
    ReferenceServer server = server();
    Recorder<String> received = listening(server);
    Replay replay = server.replay(file, ReplaySpeed.UNLIMITED);
    assertThat(Await.failure(replay.done(), IllegalArgumentException.class))
        .hasMessageContaining("Line 3 of " + file);
    assertThat(received.next(2)).containsExactly("frame 0", "frame 1");
  }

  @Test
  void leavesOutALastLineThatWasCutOff() throws Exception {
    Path file = recording(0, 0);
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 5));
    ReferenceServer server = server();
    Recorder<String> received = listening(server);
    Replay replay = server.replay(file, ReplaySpeed.UNLIMITED);
    Await.get(replay.done());
    assertThat(received.next()).isEqualTo("frame 0");
    assertThat(replay.sent()).isEqualTo(1);
  }

  @Test
  void leavesOutALastLineThatWasCutOffInsideACharacter() throws Exception {
    Path file = recording(0);
    byte[] cut =
        new RecordedFrame(Duration.ZERO, Direction.IN, "\u20ac").toLine().getBytes(UTF_8);
    byte[] whole = Files.readAllBytes(file);
    byte[] bytes = Arrays.copyOf(whole, whole.length + cut.length - 4);
    System.arraycopy(cut, 0, bytes, whole.length, cut.length - 4);
    Files.write(file, bytes);
    ReferenceServer server = server();
    Recorder<String> received = listening(server);
    Await.get(server.replay(file, ReplaySpeed.UNLIMITED).done());
    assertThat(received.next()).isEqualTo("frame 0");
  }

  @Test
  void endsWithItsServer() throws Exception {
    ReferenceServer server = server();
    Replay replay = server.replay(recording(0, 60_000), ReplaySpeed.REAL_TIME);
    server.close();
    Await.get(replay.done());
    replay.stop();
  }

  @Test
  void aFrameListenerThatThrowsWhatNobodyDeclaredDisturbsNothing() {
    ReferenceServer server = server();
    AgentCraftClient client = client(
        server, options -> options.frameListener((way, text) -> sneak(new IOException("boom"))));
    Recorder<AgentCollaboration> received = new Recorder<>();
    client.onAgentCollaboration(received::add);
    connected(server, client);
    Await.get(client.send(new StopLogStreaming()));
    server.collaboration("Writer", "Reader", "one");
    assertThat(received.next().reason()).isEqualTo("one");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception error) throws E {
    throw (E) error;
  }

  @Test
  void anEmptyRecordingIsOverAtOnceAndAMissingOneIsAnError() throws Exception {
    ReferenceServer server = server();
    Await.get(server.replay(recording(), ReplaySpeed.REAL_TIME).done());
    assertThatThrownBy(() -> server.replay(folder.resolve("nowhere"), ReplaySpeed.REAL_TIME))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> ReplaySpeed.times(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ReplaySpeed.times(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Connects a client and returns what it receives after the server's greeting. */
  private Recorder<String> listening(ReferenceServer server) {
    Recorder<String> received = new Recorder<>();
    AgentCraftClient client = client(
        server,
        options -> options.frameListener((way, text) -> {
          if (text.startsWith("frame")) {
            received.add(text);
          }
        }));
    client.onError(error -> {});
    connected(server, client);
    return received;
  }

  private Path recording(long... offsetsMillis) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < offsetsMillis.length; i++) {
      Duration offset = Duration.ofMillis(offsetsMillis[i]);
      lines
          .append(new RecordedFrame(offset, Direction.IN, "frame " + i).toLine())
          .append('\n');
    }
    return Files.writeString(folder.resolve("recording.jsonl"), lines);
  }
}

package io.agentcraft.client.it.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.ClientHarness;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A published session, as the two components of the deployed web page show it. */
class SessionOnPagesTest extends ClientHarness {

  private final ReferenceServer server =
      server(options -> options.form(WireForm.DEPLOYED).pingInterval(Duration.ZERO));
  private final Recorder<String> frames = new Recorder<>();
  private final Pages.Demo demo = new Pages.Demo();
  private final Pages.Chat chat = new Pages.Chat();
  private final Set<String> seen = new HashSet<>();
  private final AgentCraftClient client = client(server.url(), options -> options);

  {
    AgentCraftClient page = client(
        server.url(),
        options -> options.frameListener((direction, text) -> {
          if (direction == Direction.IN) {
            frames.add(text);
          }
        }));
    Await.get(page.connect());
    server.awaitConnections(1);
  }

  @AfterEach
  void closeAll() {
    close();
  }

  /** Waits until an update was delivered, and shows the pages all that has arrived. */
  private void shown(CompletableFuture<PublishReceipt> receipt) {
    assertThat(Await.get(receipt).isDelivered()).isTrue();
    clock.settle();
    server.sendRaw("{\"type\":\"marker\"}");
    String frame = frames.next();
    while (!frame.contains("\"marker\"")) {
      demo.read(Pages.parse(frame));
      chat.read(Pages.parse(frame));
      seen.addAll(chat.shows());
      frame = frames.next();
    }
  }

  @Test
  void aCrewIsShownAtWorkAndEnded() {
    SessionPublisher session = client.session("Why do webhooks fail?");
    AgentTask reader = session.agent("Reader");
    AgentTask writer = session.agent("Writer");
    shown(reader.progress(40, "Reading the logs"));
    assertThat(demo.shows()).containsExactly("Reader|processing|Reading the logs|40");
    assertThat(chat.shows())
        .containsExactly("Reader|processing|Reading the logs|40", "Writer|idle|null|0");
    session.phase("writing");
    shown(reader.complete("2,113 lines"));
    shown(writer.thinking("Finding words"));
    assertThat(demo.shows())
        .containsExactly("Reader|finished|2,113 lines|100", "Writer|analyzing|Finding words|0");
    shown(session.complete("The signature is checked twice"));
    assertThat(demo.shows()).isEmpty();
    assertThat(chat.shows())
        .containsExactly("Reader|finished|2,113 lines|100", "Writer|finished|Finding words|100");
  }

  @Test
  void aCrewThatFailsIsShownAsFailed() {
    SessionPublisher session = client.session("Why do webhooks fail?");
    AgentTask reader = session.agent("Reader");
    shown(reader.step("Reading the logs"));
    shown(session.fail(new IOException("disk full")));
    assertThat(demo.shows()).isEmpty();
    assertThat(chat.shows()).containsExactly("Reader|error|Reading the logs|0");
  }

  @Test
  void anAgentAloneIsShownAtWorkAndEnded() {
    AgentTask task = client.agent("a", "Indexer").task("Index");
    shown(task.progress(3, 4, "3 of 4"));
    assertThat(demo.shows()).containsExactly("Indexer|processing|3 of 4|75");
    shown(task.complete("4 files"));
    assertThat(demo.shows()).isEmpty();
    assertThat(chat.shows()).containsExactly("Indexer|finished|4 files|100");
  }

  @Test
  void aTaskThatFailsIsShownAsFailedWhateverAnotherOneDoes() {
    AgentTask a = client.agent("a", "Indexer").task("A");
    AgentTask b = client.agent("a", "Indexer").task("B");
    shown(b.fail(new IOException("disk full")));
    shown(a.complete("ok"));
    assertThat(seen)
        .contains("Indexer|processing|A|0", "Indexer|error|disk full|0", "Indexer|finished|ok|100");
  }
}

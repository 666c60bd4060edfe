package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.publish.PublishedRun.News;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An update that waits to be sent, or was sent, and its receipt. How it is told depends on the server's form, and is decided
 * when it is sent. What changes is confined to the loop.
 */
final class Publication {

  /** What is told. */
  sealed interface Content {

    /** A status of an agent that is not part of a session. */
    record Plain(AgentStatusUpdate update) implements Content {}

    /**
     * A status of an agent of a session.
     *
     * @param collaboration a message that is sent before it over HTTP; {@code null} for none
     */
    record Status(
        int agent, AgentStatusUpdate update, @Nullable AgentCollaboration collaboration)
        implements Content {}

    /** What is new of the session, apart from its agents. */
    record News() implements Content {}

    /** All that is known of the session, for whoever connected meanwhile. */
    record Reminder() implements Content {}

    /**
     * The end of the session.
     *
     * @param agent the index of the agent that ends with it, which is its only one; -1 for none
     */
    record End(int agent) implements Content {}
  }

  private final String lane;
  private final @Nullable PublishedRun run;
  private final Content content;
  private final boolean required;
  private final long acceptedAt;
  private final CompletableFuture<PublishReceipt> receipt = new CompletableFuture<>();

  private News told = News.NONE;
  private @Nullable AgentStatusUpdate sentStatus;

  /**
   * Creates an update.
   *
   * @param lane what it is ordered by: of one lane, updates are sent in their order and a newer one replaces an older one
   * @param run the session that it is about; {@code null} for none
   * @param required whether newer updates do not replace it while it waits
   * @param acceptedAt when it was published, as a reading of the loop's clock
   */
  Publication(
      String lane, @Nullable PublishedRun run, Content content, boolean required, long acceptedAt) {
    this.lane = lane;
    this.run = run;
    this.content = content;
    this.required = required;
    this.acceptedAt = acceptedAt;
    if (content instanceof Content.Plain plain) {
      sentStatus = plain.update();
    } else if (content instanceof Content.Status status) {
      sentStatus = status.update();
    }
  }

  String lane() {
    return lane;
  }

  @Nullable
  PublishedRun run() {
    return run;
  }

  Content content() {
    return content;
  }

  boolean required() {
    return required;
  }

  /** Returns whether it is the end of its session, before which all else of the session is sent. */
  boolean endsSession() {
    return content instanceof Content.End;
  }

  /** Returns whether it is the end of an agent or of a session. */
  boolean isEnd() {
    return endsSession()
        || (content instanceof Content.Status status && status.update().status().isFinal())
        || (content instanceof Content.Plain plain && plain.update().status().isFinal());
  }

  long acceptedAt() {
    return acceptedAt;
  }

  CompletableFuture<PublishReceipt> receipt() {
    return receipt;
  }

  /** Notes the status that it is told as. */
  void sentAs(AgentStatusUpdate status) {
    sentStatus = status;
  }

  /** Returns whether a relayed message is this update. The server may have changed its timestamp. */
  boolean isRelayedAs(ServerMessage relayed) {
    if (relayed instanceof SessionEvent event) {
      return run != null && run.id().equals(event.sessionId());
    }
    AgentStatusUpdate sent = sentStatus;
    return sent != null
        && relayed instanceof AgentStatusUpdate status
        && sent.agentId().equals(status.agentId())
        && sent.status() == status.status()
        && Double.compare(sent.progress(), status.progress()) == 0
        && sent.message().equals(status.message())
        && (run == null || run.id().equals(StatusFrames.sessionId(status)));
  }

  /** Takes what is new of its session, to be told with it. */
  News tell(PublishedRun of, PublishedSession session) {
    notDelivered();
    told = of.tell(session);
    return told;
  }

  /** It was delivered, with what it told of its session. */
  void delivered() {
    if (run != null) {
      run.delivered(told);
    }
  }

  /** It was not delivered: what it would have told of its session is told by the update that is sent next. */
  void notDelivered() {
    if (run != null) {
      run.notDelivered(told);
      told = News.NONE;
    }
  }
}

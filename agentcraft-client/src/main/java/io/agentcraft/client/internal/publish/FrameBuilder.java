package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.PublishForm;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes updates when they are sent, with the newest state of their session. Confined to the loop. */
final class FrameBuilder {

  private final MessageCodec codec;
  private final InstantSource clock;

  FrameBuilder(MessageCodec codec, InstantSource clock) {
    this.codec = codec;
    this.clock = clock;
  }

  /** Returns the frame that tells an update over the WebSocket; {@code null} if there is nothing to tell. */
  @Nullable
  String frame(Publication publication) {
    AgentStatusUpdate status = StatusFrames.of(publication);
    if (status == null) {
      return null;
    }
    publication.sentAs(status);
    return codec.encode(status);
  }

  /** Returns the messages that tell an update over HTTP, in their order; none if there is nothing to tell. */
  List<String> posts(Publication publication, PublishForm form) {
    PublishedRun run = publication.run();
    List<ServerMessage> messages = run != null && form == PublishForm.SESSION_EVENTS
        ? EventFrames.of(publication, run, clock.instant())
        : statuses(publication);
    return messages.stream().map(codec::encode).toList();
  }

  private static List<ServerMessage> statuses(Publication publication) {
    if (publication.content() instanceof Publication.Content.Reminder) {
      return List.copyOf(StatusFrames.reminder(Objects.requireNonNull(publication.run())));
    }
    AgentStatusUpdate status = StatusFrames.of(publication);
    if (status == null) {
      return List.of();
    }
    publication.sentAs(status);
    List<ServerMessage> messages = new ArrayList<>(2);
    if (publication.content() instanceof Publication.Content.Status content
        && content.collaboration() != null) {
      messages.add(content.collaboration());
    }
    messages.add(status);
    return messages;
  }
}

package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.testing.internal.form.Form;
import java.util.List;

/** What each client message is answered with. */
final class ClientCommands {

  private final Form form;
  private final boolean relayStatus;
  private final SessionDesk sessions;
  private final Outbox outbox;
  private final Answers answers;

  ClientCommands(
      Form form, boolean relayStatus, SessionDesk sessions, Outbox outbox, Answers answers) {
    this.form = form;
    this.relayStatus = relayStatus;
    this.sessions = sessions;
    this.outbox = outbox;
    this.answers = answers;
  }

  void handle(Connection from, ClientMessage message, String text) {
    if (message instanceof GetSessionState get) {
      answers.answer(from, form.state(get.sessionId(), sessions.find(get.sessionId())));
    } else if (message instanceof GetSessionLogs get) {
      answers.answer(from, List.of(form.logs(get.sessionId(), sessions.find(get.sessionId()))));
    } else if (message instanceof StartLogStreaming start) {
      from.streamedSession = start.sessionId();
      answers.answer(from, form.streamingStarted(start.sessionId()));
    } else if (message instanceof StopLogStreaming) {
      from.streamedSession = null;
      answers.answer(from, form.streamingStopped());
    } else if (message instanceof AgentStatusUpdate update && relayStatus) {
      answers.answer(from, () -> sessions.relay(update, text));
    } else if (!(message instanceof Pong)) {
      outbox.deliver(form.unknownType(from.clientId(), message.type()));
    }
  }
}

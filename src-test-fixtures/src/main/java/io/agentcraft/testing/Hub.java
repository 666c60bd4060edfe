package io.agentcraft.testing;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.protocol.DeployedForm;
import io.agentcraft.testing.internal.protocol.DocumentedForm;
import io.agentcraft.testing.internal.protocol.Form;
import io.agentcraft.testing.internal.protocol.JsonText;
import io.agentcraft.testing.internal.protocol.RateLimiter;
import io.agentcraft.testing.internal.protocol.ServerClock;
import io.agentcraft.testing.internal.protocol.SessionStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections, frames and sessions meet: takes events off the sockets' threads and applies the protocol's rules in order.
 */
final class Hub {

  private final Loop loop;
  private final Journal journal;
  private final HandshakeGate gate;
  private final Duration pingInterval;
  private final boolean relayStatus;
  private final MalformedFrameReaction malformedFrameReaction;
  private final Form form;
  private final RateLimiter limiter;
  private final Broadcaster broadcaster;
  private final Sessions sessions;
  private final AnswerFaults answers;
  private final MessageCodec codec = MessageCodec.create();
  private FrameRewriter rewriter = Broadcaster.UNCHANGED;

  Hub(
      ReferenceServerBuilder options,
      Loop loop,
      ServerClock clock,
      Journal journal,
      HandshakeGate gate) {
    this.loop = loop;
    this.journal = journal;
    this.gate = gate;
    pingInterval = options.pingInterval;
    relayStatus = options.relaysStatus();
    malformedFrameReaction = options.malformedFrameReaction;
    boolean deployed = options.form == WireForm.DEPLOYED;
    form = deployed ? new DeployedForm(clock) : new DocumentedForm(clock);
    limiter = new RateLimiter(options.framesPerMinute, loop::nanoTime);
    broadcaster = new Broadcaster(
        options.encoder, options.mapsByClientId(), new Audience(journal, clock::now));
    sessions = new Sessions(new SessionStore(clock, deployed), form, broadcaster);
    answers = new AnswerFaults(loop, broadcaster);
  }

  Loop loop() {
    return loop;
  }

  Journal journal() {
    return journal;
  }

  Form form() {
    return form;
  }

  Broadcaster broadcaster() {
    return broadcaster;
  }

  Sessions sessions() {
    return sessions;
  }

  AnswerFaults answers() {
    return answers;
  }

  /** Handles other frames in place of those received from now on. */
  void rewriteReceivedWith(FrameRewriter newRewriter) {
    rewriter = newRewriter;
  }

  void opened(ClientConnection connection) {
    loop.execute(() -> {
      broadcaster.add(connection);
      journal.opened(connection);
      gate.opened(connection);
      if (connection.isOpen()) {
        restartSilence(connection);
        broadcaster.answer(connection, List.of(sessions.active()));
      }
    });
  }

  /** Handles a frame later, and says when it has. */
  void text(ClientConnection connection, String text, Runnable handled) {
    loop.execute(() -> {
      try {
        rewriter.rewrite(connection, text).forEach(frame -> received(connection, frame));
      } finally {
        handled.run();
      }
    });
  }

  void binary(ClientConnection connection, int size) {
    // The endpoint reads text only: anything else ends its handler.
    loop.execute(() -> endHandler(connection, "(binary, " + size + " bytes)"));
  }

  void closed(ClientConnection connection) {
    loop.inlineOrSoon(() -> {
      broadcaster.remove(connection);
      stopSilence(connection);
      connection.stopClosing();
      journal.closed(connection);
    });
  }

  private void received(ClientConnection connection, String text) {
    restartSilence(connection);
    ClientMessage message;
    try {
      message = codec.decodeClient(text);
    } catch (MalformedMessageException malformed) {
      malformed(connection, text);
      return;
    }
    boolean dropped = !limiter.tryTake(connection.clientId());
    journal.received(connection, text, message, dropped);
    if (!dropped) {
      handle(connection, message, text);
    }
  }

  private void malformed(ClientConnection connection, String text) {
    if (JsonText.parse(text).isObject()) {
      // An object without a type, or without what its type requires, is ignored, but counted.
      journal.received(connection, text, null, !limiter.tryTake(connection.clientId()));
    } else {
      endHandler(connection, text);
    }
  }

  private void endHandler(ClientConnection connection, String text) {
    journal.received(connection, text, null, false);
    if (malformedFrameReaction == MalformedFrameReaction.CLOSE_1000) {
      connection.startClose(1000, "");
    } else {
      connection.endTcp(false);
    }
  }

  private void handle(ClientConnection from, ClientMessage message, String text) {
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
      broadcaster.deliver(form.unknownType(from.clientId(), message.type()));
    }
  }

  /** Pings a client that sends nothing for the ping interval, and again after every further interval. */
  private void restartSilence(ClientConnection connection) {
    stopSilence(connection);
    if (!pingInterval.isZero() && connection.isOpen()) {
      connection.silence = loop.schedule(pingInterval, () -> {
        broadcaster.answer(connection, List.of(form.ping()));
        restartSilence(connection);
      });
    }
  }

  private static void stopSilence(ClientConnection connection) {
    Scheduler.@Nullable Timer timer = connection.silence;
    if (timer != null) {
      timer.cancel();
      connection.silence = null;
    }
  }
}

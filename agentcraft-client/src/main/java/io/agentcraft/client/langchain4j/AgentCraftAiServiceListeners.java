package io.agentcraft.client.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceRequestIssuedEvent;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.GuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.InputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.OutputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import io.agentcraft.client.AgentCraftClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what AI services of LangChain4j do, while they do it. It is one line on the builder of a service:
 *
 * <pre>{@code
 * Assistant assistant = AiServices.builder(Assistant.class)
 *     .chatModel(model)
 *     .registerListeners(AgentCraftAiServiceListeners.of(client).asList())
 *     .build();
 * }</pre>
 *
 * <p>Each call of the service is a task of an agent with the name of its interface, up to the end of the answer if that is
 * streamed. Tools are steps, and lines of the log; so is each answer of the model, with its tokens and its time. A failure is
 * told with its root cause. Without {@link #withContent}, no values are published.
 *
 * <p>The same listeners may serve any number of services, on any threads. They throw nothing, do not wait for the network, and
 * keep nothing of a call that has ended.
 */
@SuppressWarnings("exports") // whoever uses it requires LangChain4j
public final class AgentCraftAiServiceListeners {

  /** A stream that is never started never ends. */
  static final int MAX_CALLS = 10_000;

  private final AgentCraftClient client;
  private final Texts texts;
  private final Guard guard = new Guard();
  // By the id of the call. Guarded by itself. The eldest comes first.
  private final Map<Object, Part> calls = new LinkedHashMap<>();

  private AgentCraftAiServiceListeners(AgentCraftClient client, Texts texts) {
    this.client = client;
    this.texts = texts;
  }

  /**
   * Creates listeners that publish a {@linkplain Content#SUMMARY summary}.
   *
   * @param client publishes; whoever created it closes it
   * @return the listeners
   */
  public static AgentCraftAiServiceListeners of(AgentCraftClient client) {
    return new AgentCraftAiServiceListeners(
        Objects.requireNonNull(client, "client"),
        new Texts(Content.SUMMARY, UnaryOperator.identity()));
  }

  /**
   * Returns listeners that publish more or less of what passes through the services.
   *
   * @param content how much
   * @return new listeners; these are not changed
   */
  public AgentCraftAiServiceListeners withContent(Content content) {
    return new AgentCraftAiServiceListeners(
        client, new Texts(Objects.requireNonNull(content, "content"), texts.redactor()));
  }

  /**
   * Returns listeners that let a function change every text of the program before it is published, for example to leave out
   * what is secret. It is called on the services' threads, so it should be fast. If it throws, the text is left out.
   *
   * @param redactor returns what may be published of a text
   * @return new listeners; these are not changed
   */
  public AgentCraftAiServiceListeners withRedactor(UnaryOperator<String> redactor) {
    return new AgentCraftAiServiceListeners(
        client, new Texts(texts.content(), Objects.requireNonNull(redactor, "redactor")));
  }

  /**
   * Returns the listeners, to pass to the builder's {@code registerListeners(…)}.
   *
   * @return one listener for each type of event
   */
  public List<AiServiceListener<?>> asList() {
    return List.of(
        listener(AiServiceStartedEvent.class, this::start),
        whileOpen(AiServiceRequestIssuedEvent.class, (event, call) -> call.asked()),
        whileOpen(AiServiceResponseReceivedEvent.class, (event, call) -> {
          call.answered(event.response());
          event.response().aiMessage().toolExecutionRequests().forEach(call::callTool);
        }),
        whileOpen(
            ToolExecutedEvent.class,
            (event, call) ->
                call.toolReturned(event, event.request(), false, Words.of(event.resultContents()))),
        whileOpen(InputGuardrailExecutedEvent.class, AgentCraftAiServiceListeners::judged),
        whileOpen(OutputGuardrailExecutedEvent.class, AgentCraftAiServiceListeners::judged),
        atEnd(
            AiServiceCompletedEvent.class,
            (event, call) -> call.complete(null, Words.of(event.result().orElse(null)))),
        atEnd(
            AiServiceErrorEvent.class,
            (event, call) -> call.fail(texts.failure(event.error(), wrapper -> false))));
  }

  private void start(AiServiceStartedEvent event) {
    InvocationContext context = event.invocationContext();
    String type = context.interfaceName();
    String name = Texts.name(
        type == null
            ? null
            : type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1));
    Part call = Part.alone(client, texts, name, context.methodName(), event.userMessage());
    Part evicted = null;
    synchronized (calls) {
      calls.put(context.invocationId(), call);
      if (calls.size() > MAX_CALLS) {
        Iterator<Part> eldest = calls.values().iterator();
        evicted = eldest.next();
        eldest.remove();
      }
    }
    if (evicted != null) {
      evicted.close();
    }
  }

  private <E extends AiServiceEvent> AiServiceListener<E> whileOpen(
      Class<E> type, BiConsumer<E, Part> hook) {
    return listener(type, event -> with(calls::get, event, hook));
  }

  private <E extends AiServiceEvent> AiServiceListener<E> atEnd(
      Class<E> type, BiConsumer<E, Part> hook) {
    return listener(type, event -> with(calls::remove, event, hook));
  }

  private <E extends AiServiceEvent> void with(
      Function<Object, @Nullable Part> find, E event, BiConsumer<E, Part> hook) {
    Part call;
    synchronized (calls) {
      call = find.apply(event.invocationContext().invocationId());
    }
    if (call != null) {
      synchronized (call) { // a stream goes on on other threads
        hook.accept(event, call);
      }
    }
  }

  private <E extends AiServiceEvent> AiServiceListener<E> listener(
      Class<E> type, Consumer<E> hook) {
    return new AiServiceListener<>() {
      @Override
      public Class<E> getEventClass() {
        return type;
      }

      @Override
      public void onEvent(E event) {
        guard.run(() -> hook.accept(event));
      }
    };
  }

  private static void judged(GuardrailExecutedEvent<?, ?, ?> event, Part call) {
    if (!event.result().isSuccess()) {
      call.warn(event.guardrailName() + " objected");
    }
  }

  /** Returns how many calls have not ended. */
  int openCalls() {
    synchronized (calls) {
      return calls.size();
    }
  }
}

package io.agentcraft.testing;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import java.lang.reflect.AnnotatedElement;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit Jupiter extension behind {@link AgentCraftTest}, for use with options:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final AgentCraftExtension AGENTCRAFT = AgentCraftExtension.create()
 *     .server(options -> options.form(WireForm.DEPLOYED).pingInterval(Duration.ofSeconds(1)))
 *     .client(options -> options.framesPerMinute(30));
 * }</pre>
 *
 * <p>Parameters of type {@link ReferenceServer} and {@link AgentCraftClient} are resolved in test methods, lifecycle
 * methods and constructors. The client is connected before the test begins. Parameters of {@code @BeforeAll} are shared by the
 * tests of the class; otherwise each test has its own.
 */
// JUnit is not required transitively, so that modules without JUnit can use the server.
@SuppressWarnings("exports")
public final class AgentCraftExtension
    implements ParameterResolver, AfterEachCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(AgentCraftExtension.class);

  private final UnaryOperator<ReferenceServerBuilder> serverOptions;
  private final UnaryOperator<AgentCraftClientBuilder> clientOptions;

  /** Creates an extension with all defaults, for {@link AgentCraftTest} and {@code @ExtendWith}. */
  public AgentCraftExtension() {
    this(UnaryOperator.identity(), UnaryOperator.identity());
  }

  private AgentCraftExtension(
      UnaryOperator<ReferenceServerBuilder> serverOptions,
      UnaryOperator<AgentCraftClientBuilder> clientOptions) {
    this.serverOptions = serverOptions;
    this.clientOptions = clientOptions;
  }

  /**
   * Creates an extension with all defaults, for {@code @RegisterExtension}.
   *
   * @return the extension
   */
  public static AgentCraftExtension create() {
    return new AgentCraftExtension();
  }

  /**
   * Sets options of the server.
   *
   * @param options configures the builder that it is given
   * @return an extension with these options
   */
  public AgentCraftExtension server(UnaryOperator<ReferenceServerBuilder> options) {
    return new AgentCraftExtension(
        builder -> options.apply(serverOptions.apply(builder)), clientOptions);
  }

  /**
   * Sets options of the client.
   *
   * @param options configures the builder that it is given
   * @return an extension with these options
   */
  public AgentCraftExtension client(UnaryOperator<AgentCraftClientBuilder> options) {
    return new AgentCraftExtension(
        serverOptions, builder -> options.apply(clientOptions.apply(builder)));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ReferenceServer.class || type == AgentCraftClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ReferenceServer server = server(context);
    return parameter.getParameter().getType() == ReferenceServer.class
        ? server
        : client(context, server);
  }

  /** Makes the parameters of a constructor belong to its test, not to the class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close(context);
  }

  private ReferenceServer server(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            ReferenceServer.class,
            type -> serverOptions
                .apply(ReferenceServer.builder().form(annotatedForm(context)))
                .start(),
            ReferenceServer.class);
  }

  private AgentCraftClient client(ExtensionContext context, ReferenceServer server) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            AgentCraftClient.class,
            type -> server.connectClient(clientOptions),
            AgentCraftClient.class);
  }

  private static void close(ExtensionContext context) {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    AgentCraftClient client = store.remove(AgentCraftClient.class, AgentCraftClient.class);
    ReferenceServer server = store.remove(ReferenceServer.class, ReferenceServer.class);
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Finds the annotation wherever JUnit finds the {@code @ExtendWith} on it: on superclasses, interfaces and annotations too. */
  private static WireForm annotatedForm(ExtensionContext context) {
    Stream<Class<?>> types =
        Stream.iterate(context.getRequiredTestClass(), Objects::nonNull, Class::getEnclosingClass);
    return Stream.<AnnotatedElement>concat(context.getTestMethod().stream(), types)
        .map(element -> AnnotationSupport.findAnnotation(element, AgentCraftTest.class))
        .flatMap(Optional::stream)
        .findFirst()
        .map(AgentCraftTest::form)
        .orElse(WireForm.DOCUMENTED);
  }
}

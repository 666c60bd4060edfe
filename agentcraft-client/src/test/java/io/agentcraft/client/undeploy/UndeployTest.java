package io.agentcraft.client.undeploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentcraft.client.codec.MessageCodec;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/** A thread that outlives an application, such as one of a web server's, does not keep the application's class loader. */
class UndeployTest {

  private static final int ATTEMPTS = 200;
  private static final long MILLIS_PER_ATTEMPT = 100;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

  @AfterEach
  void end() {
    thread.shutdown();
  }

  @ParameterizedTest
  @EnumSource
  void theClassLoaderIsCollected(Uses use) throws Exception {
    // A thread keeps the access control context of who started it.
    awaitIdle();
    WeakReference<ClassLoader> loader = useInAnApplication(use);
    awaitIdle();
    for (int i = 0; i < ATTEMPTS && !loader.refersTo(null); i++) {
      System.gc();
      collected.remove(MILLIS_PER_ATTEMPT);
    }
    assertThat(loader.refersTo(null)).isTrue();
  }

  private void awaitIdle() throws Exception {
    Future<?> idle = thread.submit(() -> {});
    idle.get();
  }

  /** Nothing here refers to the application when this method has returned. */
  @SuppressWarnings({"unchecked", "EnumOrdinal"}) // the application's Uses is another class
  private WeakReference<ClassLoader> useInAnApplication(Uses use) throws Exception {
    URL[] libraries = Stream.of(
            UndeployTest.class,
            MessageCodec.class,
            JsonFactory.class,
            ObjectMapper.class,
            Class.forName("com.fasterxml.jackson.annotation.JsonInclude"),
            OkHttpClient.class,
            Buffer.class,
            Class.forName("kotlin.Unit"),
            Logger.class)
        .map(UndeployTest::library)
        .toArray(URL[]::new);
    // The platform's class loader would load the modules that this test is part of.
    try (URLClassLoader application = new URLClassLoader(libraries, null)) {
      Class<?> uses = application.loadClass(Uses.class.getName());
      assertThat(uses).isNotSameAs(Uses.class);
      ((Consumer<ExecutorService>) uses.getEnumConstants()[use.ordinal()]).accept(thread);
      return new WeakReference<>(application, collected);
    }
  }

  /** Returns the directory or jar that a class comes from. */
  private static URL library(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    String url = String.valueOf(type.getResource("/" + file));
    String root = url.substring(0, url.length() - file.length());
    try {
      return URI.create(root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root)
          .toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

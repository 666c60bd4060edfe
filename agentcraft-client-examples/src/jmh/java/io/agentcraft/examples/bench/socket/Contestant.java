package io.agentcraft.examples.bench.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.bench.frames.ByHand;
import io.agentcraft.examples.bench.frames.Jackson;
import io.agentcraft.examples.bench.frames.SdkFields;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A way from a socket to a listener that reads every field. */
enum Contestant {
  SDK("the SDK") {
    @Override
    void connect(String url, LongConsumer listener) {
      AgentCraftClient client = AgentCraftClient.builder(url).build();
      client.onMessage(message -> listener.accept(SdkFields.of(message)));
      client.connect().join();
    }
  },
  SDK_UNHEARD("the SDK, nobody listens") {
    @Override
    void connect(String url, LongConsumer listener) {
      AgentCraftClient client = AgentCraftClient.builder(url).build();
      client.onPing(message -> listener.accept(1));
      client.connect().join();
    }
  },
  OKHTTP_DATABIND("OkHttp + polymorphic databind") {
    @Override
    void connect(String url, LongConsumer listener) {
      Sockets.okHttp(url, reading(new Jackson()::databind, listener));
    }
  },
  OKHTTP_TREE("OkHttp + readTree") {
    @Override
    void connect(String url, LongConsumer listener) {
      Sockets.okHttp(url, reading(new Jackson()::tree, listener));
    }
  },
  JDK_TREE("JDK WebSocket + readTree") {
    @Override
    void connect(String url, LongConsumer listener) {
      Sockets.jdk(url, reading(new Jackson()::tree, listener));
    }
  },
  JAVA_WEBSOCKET_TREE("Java-WebSocket + readTree") {
    @Override
    void connect(String url, LongConsumer listener) {
      Sockets.javaWebSocket(url, reading(new Jackson()::tree, listener));
    }
  },
  JETTY_TREE("Jetty client + readTree") {
    @Override
    void connect(String url, LongConsumer listener) throws Exception {
      Sockets.jetty(url, reading(new Jackson()::tree, listener));
    }
  },
  PLAIN("a plain socket that drops all") {
    @Override
    void connect(String url, LongConsumer listener) throws Exception {
      PlainClient.open(url).drainInBackground();
    }
  };

  private final String words;

  Contestant(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Connects; the listener gets a sum over the fields of each message. */
  abstract void connect(String url, LongConsumer listener) throws Exception;

  private interface Decoder {
    ByHand decode(String text) throws JsonProcessingException;
  }

  private static Consumer<String> reading(Decoder decoder, LongConsumer listener) {
    return text -> {
      try {
        listener.accept(decoder.decode(text).fields());
      } catch (JsonProcessingException broken) {
        throw new UncheckedIOException(broken);
      }
    };
  }
}

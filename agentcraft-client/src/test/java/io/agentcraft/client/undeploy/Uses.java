package io.agentcraft.client.undeploy;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.publish.Broadcasts;
import io.agentcraft.client.internal.publish.HttpBroadcasts;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.RecordedFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** What an application does on a thread that outlives it. Loaded by the application's class loader. */
public enum Uses implements Consumer<ExecutorService> {
  DECODE {
    @Override
    void run() {
      MessageCodec codec = MessageCodec.create();
      for (String frame : List.of(
          "{\"type\":\"agent_status\",\"agent_id\":\"a\",\"progress\":1.5,\"metadata\":{\"n\":[1e400]}}",
          "{\"progress\":12,\"type\":\"agent_status\",\"agent_id\":\"" + "a".repeat(1_000) + "\"}",
          "{\"type\":\"unknown\"}")) {
        String type = codec.typeOf(frame);
        if (!codec.decodeServer(frame).type().equals(type)) {
          throw new AssertionError(frame);
        }
      }
    }
  },

  ENCODE {
    @Override
    void run() {
      MessageCodec.create().encode(new Pong());
    }
  },

  RECORD {
    @Override
    void run() {
      RecordedFrame frame = new RecordedFrame(Duration.ZERO, Direction.IN, "{}");
      RecordedFrame.parse(frame.toLine());
    }
  },

  POST {
    @Override
    public void accept(ExecutorService thread) {
      OkHttpClient http = new OkHttpClient.Builder()
          .dispatcher(new Dispatcher(thread))
          .addInterceptor(chain -> new Response.Builder()
              .request(chain.request())
              .protocol(Protocol.HTTP_1_1)
              .code(200)
              .message("")
              .body(ResponseBody.create("{\"success\":true}", null))
              .build())
          .build();
      CompletableFuture<Broadcasts.Result> result = new CompletableFuture<>();
      new HttpBroadcasts(
              http, "http://localhost:1/", Map.of(), null, Runnable::run, InstantSource.system())
          .post("{}", result::complete);
      result.join();
    }
  };

  @Override
  public void accept(ExecutorService thread) {
    CompletableFuture.runAsync(this::run, thread).join();
  }

  void run() {}
}

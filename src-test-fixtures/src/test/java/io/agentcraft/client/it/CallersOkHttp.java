package io.agentcraft.client.it;

import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/** OkHttp clients as a caller brings them. */
final class CallersOkHttp {

  private CallersOkHttp() {}

  static OkHttpClient with(UnaryOperator<OkHttpClient.Builder> options) {
    return options.apply(new OkHttpClient.Builder()).build();
  }
}

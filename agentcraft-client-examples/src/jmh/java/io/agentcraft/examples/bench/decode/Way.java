package io.agentcraft.examples.bench.decode;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.examples.bench.frames.Jackson;
import java.io.IOException;

/** A way from a frame's text to its message. */
public enum Way {
  /** The SDK. */
  SDK {
    @Override
    Decoder decoder() {
      return MessageCodec.create()::decodeServer;
    }
  },
  /** All tokens and values, and nothing made of them. */
  SCAN {
    @Override
    Decoder decoder() {
      return new Jackson()::scan;
    }
  },
  /** Databind with polymorphic types. */
  DATABIND {
    @Override
    Decoder decoder() {
      return new Jackson()::databind;
    }
  },
  /** readTree, a switch, treeToValue. */
  TREE {
    @Override
    Decoder decoder() {
      return new Jackson()::tree;
    }
  };

  /** Decodes a frame. */
  @FunctionalInterface
  interface Decoder {
    Object decode(String frame) throws IOException;
  }

  abstract Decoder decoder();
}

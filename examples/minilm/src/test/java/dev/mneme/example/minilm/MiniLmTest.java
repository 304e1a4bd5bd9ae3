package dev.mneme.example.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.StaticMemory;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The encoder in tensors says what ONNX Runtime says. */
final class MiniLmTest {
  private static final List<String> TEXTS =
      List.of("hello", "Any news about the match?", "Sorry, I forgot the X-ray of my left knee.");

  private static MiniLm base;
  private static ModelProto stored;

  @BeforeAll
  static void load() throws IOException {
    base = MiniLm.load();
    try (InputStream model = MiniLm.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
      stored = ModelProto.parseFrom(model);
    }
  }

  /** The stored graph with its activations left in fp32 is the same function, but for rounding. */
  @Test
  void saysWhatTheGraphSaysInFullPrecision() throws OrtException {
    assertTrue(distance(inFullPrecision(stored)) < 1e-4);
  }

  /**
   * The stored graph rounds activations to 8 bits before each of 36 products, on a grid that
   * reaches to the largest of them. As the test above shows that all else agrees, what is left here
   * is that rounding: 11 to 16 % of the length where it was measured, an angle of 6 to 9 degrees.
   */
  @Test
  void isNearTheGraphAsItIsStored() throws OrtException {
    double distance = distance(stored);
    assertTrue(distance < 0.2, "distance " + distance);
  }

  @Test
  void paddingChangesNothing() {
    try (PointerScope scope = new PointerScope()) {
      float[] together = Tensors.toFloats(base.forward(TEXTS, TEXTS.size(), Adapters.none()));
      for (int i = 0; i < TEXTS.size(); i++) {
        float[] own = new float[MiniLm.WIDTH];
        System.arraycopy(together, i * MiniLm.WIDTH, own, 0, MiniLm.WIDTH);
        assertArrayEquals(alone(TEXTS.get(i), Adapters.none()), own, 1e-4f);
      }
    }
  }

  @Test
  void eachUserHasAnAdapterOfTheirOwn() {
    try (PointerScope scope = new PointerScope()) {
      Adapters one = adapters(1);
      Adapters two = adapters(2);
      String text = TEXTS.get(1);
      float[] both =
          Tensors.toFloats(base.forward(List.of(text, text), 1, Adapters.stack(List.of(one, two))));
      float[] first = alone(text, one);
      float[] second = alone(text, two);
      double between = 0;
      for (int i = 0; i < MiniLm.WIDTH; i++) {
        assertEquals(first[i], both[i], 1e-4);
        assertEquals(second[i], both[MiniLm.WIDTH + i], 1e-4);
        between = Math.max(between, Math.abs(first[i] - second[i]));
      }
      assertTrue(between > 0.01, "largest difference " + between);
    }
  }

  @Test
  void adaptersOfAnotherModelAreRefused() {
    List<AdapterSite> sites = List.of(AdapterSite.dense("query", MiniLm.WIDTH, MiniLm.WIDTH));
    AdapterLayout other = new AdapterLayout("encoder.layer.", 6, 4, sites);
    Adapters adapters = StaticMemory.fresh(other, 1, 1).recall(null);
    assertThrows(AdapterMismatchException.class, () -> base.forward(TEXTS, 1, adapters));
  }

  /** A LoRA that changes something: a fresh one has zeros in B. */
  private static Adapters adapters(long seed) {
    StaticMemory memory = StaticMemory.fresh(base.layout(), 1, seed);
    Random random = new Random(seed);
    memory
        .parameters()
        .forEach(
            (name, weight) -> {
              if (name.endsWith("lora_B")) {
                float[] values = new float[(int) weight.numel()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = (float) (0.1 * random.nextGaussian());
                }
                weight.detach().copy_(Tensors.fromFloats(values, weight.shape()));
              }
            });
    return memory.recall(null);
  }

  private static float[] alone(String text, Adapters adapters) {
    return Tensors.toFloats(base.forward(List.of(text), 1, adapters));
  }

  /** The largest difference between a graph's mean states and ours, by the length of its own. */
  private static double distance(ModelProto model) throws OrtException {
    double largest = 0;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Without it, processors that lack VNNI overflow in the 8-bit products.
      options.addConfigEntry("session.x64quantprecision", "1");
      // It would warn of each zero point that full precision leaves unused.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = environment.createSession(model.toByteArray(), options);
          PointerScope scope = new PointerScope()) {
        for (String text : TEXTS) {
          float[] expected = mean(environment, session, base.tokenizer().encode(text));
          float[] found = alone(text, Adapters.none());
          double difference = 0;
          double length = 0;
          for (int i = 0; i < MiniLm.WIDTH; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            length += expected[i] * expected[i];
          }
          largest = Math.max(largest, Math.sqrt(difference / length));
        }
      }
    }
    return largest;
  }

  private static float[] mean(OrtEnvironment environment, OrtSession session, Encoding tokens)
      throws OrtException {
    long[] shape = {1, tokens.getIds().length};
    try (OnnxTensor ids =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getIds()), shape);
        OnnxTensor mask =
            OnnxTensor.createTensor(
                environment, LongBuffer.wrap(tokens.getAttentionMask()), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getTypeIds()), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] mean = new float[MiniLm.WIDTH];
      for (int i = 0; states.hasRemaining(); i++) {
        mean[i % MiniLm.WIDTH] += states.get() / shape[1];
      }
      return mean;
    }
  }

  /** Activations pass unrounded with a scale of 1; weights enter the products as fp32 numbers. */
  private static ModelProto inFullPrecision(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().clearValueInfo();
    for (NodeProto node : model.getGraph().getNodeList()) {
      switch (node.getOpType()) {
        case "DynamicQuantizeLinear" -> {
          graph.addNode(
              NodeProto.newBuilder()
                  .setOpType("Identity")
                  .addInput(node.getInput(0))
                  .addOutput(node.getOutput(0)));
          graph.addInitializer(
              TensorProto.newBuilder()
                  .setName(node.getOutput(1))
                  .setDataType(TensorProto.DataType.FLOAT_VALUE)
                  .addFloatData(1));
        }
        case "MatMulInteger" -> {
          String weight = node.getInput(1) + "_fp32";
          graph.addNode(
              NodeProto.newBuilder()
                  .setOpType("Cast")
                  .addInput(node.getInput(1))
                  .addOutput(weight)
                  .addAttribute(to(TensorProto.DataType.FLOAT_VALUE)));
          graph.addNode(
              NodeProto.newBuilder()
                  .setOpType("MatMul")
                  .addInput(node.getInput(0))
                  .addInput(weight)
                  .addOutput(node.getOutput(0)));
        }
        default -> graph.addNode(node);
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static AttributeProto to(int type) {
    return AttributeProto.newBuilder()
        .setName("to")
        .setType(AttributeProto.AttributeType.INT)
        .setI(type)
        .build();
  }
}

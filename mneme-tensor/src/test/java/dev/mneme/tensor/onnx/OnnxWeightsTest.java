package dev.mneme.tensor.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.mneme.tensor.Tensors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

final class OnnxWeightsTest {
  /**
   * A bias in fp32, a table with one unsigned scale, a linear [in, out] with one scale a column.
   */
  private static ModelProto model() {
    return ModelProto.newBuilder()
        .setGraph(
            GraphProto.newBuilder()
                .addInitializer(
                    stored("layer.0.dense.bias", TensorProto.DataType.FLOAT_VALUE, 3)
                        .setRawData(floats(0.5f, -2, 7)))
                .addInitializer(
                    stored("words.weight_quantized", TensorProto.DataType.UINT8_VALUE, 1, 2)
                        .setRawData(bytes(255, 0)))
                .addInitializer(scale("words.weight_scale", 0.5f))
                .addInitializer(zeros("words.weight_zero_point", 128))
                .addInitializer(
                    stored("MatMul_7_quantized", TensorProto.DataType.INT8_VALUE, 2, 3)
                        .setRawData(bytes(1, 2, 3, -1, -2, -128)))
                .addInitializer(scale("MatMul_7_scale", 1, 0.5f, 0.25f))
                .addInitializer(zeros("MatMul_7_zero_point", 0, 1, 0))
                .addNode(
                    NodeProto.newBuilder()
                        .setOpType("MatMulInteger")
                        .addInput("x")
                        .addInput("MatMul_7_quantized")
                        .addOutput("/layer.0/dense/MatMul_output_0")))
        .build();
  }

  @Test
  void weightsAreAsPyTorchNamesThem() throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> weights =
          OnnxWeights.read(new ByteArrayInputStream(model().toByteArray()));
      assertEquals(
          Set.of("layer.0.dense.bias", "layer.0.dense.weight", "words.weight"), weights.keySet());
      assertHolds(weights.get("layer.0.dense.bias"), new long[] {3}, 0.5f, -2, 7);
      assertHolds(weights.get("words.weight"), new long[] {1, 2}, 63.5f, -64);
      assertHolds(
          weights.get("layer.0.dense.weight"), new long[] {3, 2}, 1, -1, 0.5f, -1.5f, 0.75f, -32);
    }
  }

  @Test
  void whatIsNoOnnxIsRefused() {
    byte[] other = {(byte) 0xff, 1, 2, 3};
    assertThrows(IOException.class, () -> OnnxWeights.read(new ByteArrayInputStream(other)));
  }

  private static void assertHolds(Tensor tensor, long[] shape, float... values) {
    assertArrayEquals(shape, tensor.shape());
    assertArrayEquals(values, Tensors.toFloats(tensor));
  }

  private static TensorProto.Builder stored(String name, int type, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static TensorProto scale(String name, float... values) {
    TensorProto.Builder tensor = stored(name, TensorProto.DataType.FLOAT_VALUE);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static TensorProto zeros(String name, int... values) {
    TensorProto.Builder tensor = stored(name, TensorProto.DataType.INT8_VALUE);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    return tensor.build();
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }

  private static ByteString floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return ByteString.copyFrom(buffer.array());
  }
}

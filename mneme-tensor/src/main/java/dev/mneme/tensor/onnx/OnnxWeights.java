package dev.mneme.tensor.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The weights of a transformer in an ONNX file, in fp32; those it stores in 8 bits (ONNX Runtime's
 * dynamic quantization) are (q - zero) · scale.
 */
public final class OnnxWeights {
  private OnnxWeights() {}

  /**
   * Reads all weights.
   *
   * @return by PyTorch's names, a linear's as [out, in]; they belong to the innermost open scope,
   *     and outside any to the caller
   * @throws IOException if it is no ONNX file
   */
  public static Map<String, Tensor> read(InputStream file) throws IOException {
    OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(file).getGraph();
    Map<String, TensorProto> stored = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> stored.put(tensor.getName(), tensor));
    Map<String, Tensor> weights = new HashMap<>();
    for (TensorProto tensor : stored.values()) {
      if (tensor.getName().matches(".*(weight|bias|_quantized)")) { // not scales and zeros
        String name = tensor.getName().replace("_quantized", "");
        TensorProto zero = stored.get(name + "_zero_point");
        float[] values = values(tensor, zero, stored.get(name + "_scale"));
        long[] shape = tensor.getDimsList().stream().mapToLong(n -> n).toArray();
        weights.put(name, Tensors.fromFloats(values, shape));
      }
    }
    for (OnnxMl.NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMulInteger")) { // only the product says whose the weight is:
        String name = node.getOutput(0).replaceAll("^/|/MatMul.*", ""); // encoder/layer.0/…/dense
        Tensor weight = weights.remove(node.getInput(1).replace("_quantized", "")); // [in, out]
        weights.put(name.replace('/', '.') + ".weight", weight.t().contiguous());
      }
    }
    return weights;
  }

  /** With a scale and a zero for each column or one for all; with none, fp32 as it is stored. */
  private static float[] values(TensorProto tensor, TensorProto zero, TensorProto scale) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int bits = tensor.getDataType() == TensorProto.DataType.UINT8_VALUE ? 0xff : -1;
    float[] values = new float[raw.remaining() / (scale == null ? Float.BYTES : 1)];
    for (int i = 0; i < values.length; i++) {
      if (scale == null) {
        values[i] = raw.getFloat();
      } else {
        int column = i % scale.getFloatDataCount();
        values[i] = ((raw.get() & bits) - zero.getInt32Data(column)) * scale.getFloatData(column);
      }
    }
    return values;
  }
}

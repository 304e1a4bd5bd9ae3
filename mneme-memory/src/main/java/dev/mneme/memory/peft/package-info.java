/**
 * Adapters as files of Hugging Face PEFT, so that recalled weights can be kept, shared and used
 * from Python, and LoRAs trained there can be used here: {@link
 * dev.mneme.memory.peft.PeftAdapter#write} and {@link dev.mneme.memory.peft.PeftAdapter#read}.
 */
package dev.mneme.memory.peft;

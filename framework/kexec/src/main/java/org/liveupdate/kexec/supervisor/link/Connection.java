package org.liveupdate.kexec.supervisor.link;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One end of the control channel. One thread receives, any thread sends; closing ends both.
 *
 * <p>
 * Reads and writes the channel itself: the streams of {@code java.nio.channels.Channels} share a lock, so that nothing
 * could be sent while a thread waits for a line.
 */
public final class Connection implements Closeable {
    private static final int LINE_MAX_BYTES = 64 * 1024;

    private final SocketChannel channel;
    /** Bytes received and not yet read. Only the receiving thread. */
    private final ByteBuffer received = ByteBuffer.allocate(LINE_MAX_BYTES).flip();

    /**
     * The supervisor's end.
     *
     * @param channel
     *            connected
     */
    public Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * A generation's end.
     *
     * @param socket
     *            the supervisor's socket
     * @return connected
     * @throws IOException
     *             if nobody listens there
     */
    public static Connection to(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Connection(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Waits for the next message.
     *
     * @return null when the other end has closed or its process has ended
     * @throws IOException
     *             if the line is none of ours
     */
    public Message receive() throws IOException {
        int scanned = 0;
        while (true) {
            for (; scanned < received.remaining(); scanned++) {
                if (received.get(received.position() + scanned) == '\n') {
                    return Message.parse(take(scanned));
                }
            }
            received.compact();
            if (!received.hasRemaining()) {
                throw new IOException("the control channel carried a line of more than " + LINE_MAX_BYTES + " bytes");
            }
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                return null;
            }
        }
    }

    private String take(int length) {
        byte[] line = new byte[length];
        received.get(line).get();
        return new String(line, StandardCharsets.UTF_8);
    }

    /**
     * Sends a message.
     *
     * @param message
     *            what to say
     * @throws IOException
     *             if the other end is gone
     */
    public synchronized void send(Message message) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((message + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

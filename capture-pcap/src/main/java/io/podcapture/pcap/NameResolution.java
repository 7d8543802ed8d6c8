package io.podcapture.pcap;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes Name Resolution Blocks.
 *
 * <pre>
 * record: 0 type, 1 is IPv4, 2 is IPv6   2 length   4 address   8 or 20 names, each ended by a NUL, then padding
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Name Resolution Block".
 */
final class NameResolution {
    /** Far below the block length at which readers give up. */
    private static final int FULL = 1 << 20;

    private final List<BlockBuilder> full = new ArrayList<>();
    private BlockBuilder block = new BlockBuilder(PcapngCodes.NAME_RESOLUTION);

    private NameResolution() {}

    static List<BlockBuilder> blocks(Map<? extends InetAddress, ? extends List<String>> names) {
        for (List<String> of : names.values()) {
            for (String name : of) {
                check(name);
            }
        }
        NameResolution resolution = new NameResolution();
        for (Map.Entry<? extends InetAddress, ? extends List<String>> entry : names.entrySet()) {
            for (String name : entry.getValue()) {
                resolution.record(entry.getKey().getAddress(), name.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (resolution.block.length() > 8) {
            resolution.end();
        }
        return resolution.full;
    }

    private static void check(String name) {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets > BlockBuilder.MAX_OPTION_LENGTH - 17 || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a name of " + octets + " octets: 1 to "
                    + (BlockBuilder.MAX_OPTION_LENGTH - 17) + " octets without NUL can be written");
        }
    }

    /** One name a record: several of one address are several records of it, as readers expect. */
    private void record(byte[] address, byte[] name) {
        block.u16(address.length == 4 ? PcapngCodes.NRB_IPV4 : PcapngCodes.NRB_IPV6)
                .u16(address.length + name.length + 1)
                .octets(address)
                .octets(name)
                .octets(new byte[1])
                .pad();
        if (block.length() > FULL) {
            end();
            block = new BlockBuilder(PcapngCodes.NAME_RESOLUTION);
        }
    }

    private void end() {
        full.add(block.u16(PcapngCodes.NRB_END).u16(0));
    }
}

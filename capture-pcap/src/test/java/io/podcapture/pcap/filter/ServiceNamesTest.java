package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {
    @Test
    void port_wellKnownNames_haveTheirNumbersAndProtocols() {
        assertThat(ServiceNames.port("http")).isEqualTo(new ServiceNames.Service(80, 6));
        assertThat(ServiceNames.port("domain")).isEqualTo(new ServiceNames.Service(53, 0));
        assertThat(ServiceNames.port("snmp")).isNotNull();
        assertThat(ServiceNames.port("bootps")).isEqualTo(new ServiceNames.Service(67, 17));
        assertThat(ServiceNames.port("HTTP")).isNull();
        assertThat(ServiceNames.port("070")).isEqualTo(new ServiceNames.Service(70, 0));
        assertThat(ServiceNames.port("99999")).isEqualTo(new ServiceNames.Service(99999 - 65536, 0));
    }

    @Test
    void ipProtocol_wellKnownNames_haveTheirNumbers() {
        assertThat(ServiceNames.ipProtocol("tcp")).isEqualTo(6);
        assertThat(ServiceNames.ipProtocol("OSPFIGP")).isEqualTo(89);
        assertThat(ServiceNames.ipProtocol("6")).isNull();
    }

    /** A machine may know other names; what both know must not differ. */
    @Test
    void port_namesOfThisMachine_areTheSameHere() throws IOException {
        Path file = Path.of("/etc/services");
        assumeThat(file).exists();
        Map<String, String> tcp = new HashMap<>();
        Map<String, String> udp = new HashMap<>();
        for (String[] fields : lines(file)) {
            String[] port = fields[1].split("/");
            Map<String, String> ports = port[1].equals("tcp") ? tcp : port[1].equals("udp") ? udp : new HashMap<>();
            ports.putIfAbsent(fields[0], port[0]);
            for (int i = 2; i < fields.length; i++) {
                ports.putIfAbsent(fields[i], port[0]);
            }
        }
        List<String> different = new ArrayList<>();

        for (String name : tcp.keySet()) {
            ServiceNames.Service service = ServiceNames.port(name);
            if (service != null && service.port() != Integer.parseInt(tcp.get(name))) {
                different.add(name + " " + tcp.get(name) + ", here " + service);
            }
        }
        for (String name : udp.keySet()) {
            ServiceNames.Service service = ServiceNames.port(name);
            if (service != null && !tcp.containsKey(name) && service.port() != Integer.parseInt(udp.get(name))) {
                different.add(name + " " + udp.get(name) + ", here " + service);
            }
        }

        assertThat(different).isEmpty();
    }

    @Test
    void ipProtocol_namesOfThisMachine_areTheSameHere() throws IOException {
        Path file = Path.of("/etc/protocols");
        assumeThat(file).exists();
        List<String> different = new ArrayList<>();

        for (String[] fields : lines(file)) {
            Integer number = ServiceNames.ipProtocol(fields[0]);
            if (number != null && number != Integer.parseInt(fields[1])) {
                different.add(fields[0] + " " + fields[1] + ", here " + number);
            }
        }

        assertThat(different).isEmpty();
    }

    private static List<String[]> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> line.split("\\s+"))
                .toList();
    }
}

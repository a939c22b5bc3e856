import { alike, listed, shortened, towns, type Culture } from './culture.ts';

const polish: Culture = {
  country: '+48',
  women:
    listed(`Anna Maria Katarzyna Małgorzata Agnieszka Barbara Krystyna Ewa Elżbieta Zofia Teresa Magdalena Joanna Monika Danuta Jadwiga
    Aleksandra Halina Natalia Karolina Marta Weronika Kinga Oliwia Zuzanna Hanna Urszula Bożena Grażyna Wanda`),
  men: listed(`Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Józef Marcin Marek Michał Grzegorz Jerzy Tadeusz Adam Łukasz Zbigniew
    Ryszard Dariusz Henryk Mariusz Kazimierz Wojciech Robert Mateusz Rafał Jakub Szymon Bartosz Wiesław`),
  families:
    listed(`Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski
    Jankowski Mazur Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski
    Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski Walczak Sikora`),
  shortened: shortened(
    'Katarzyna=Kasia Małgorzata=Gosia Agnieszka=Aga Magdalena=Magda Aleksandra=Ola Krzysztof=Krzysiek Jakub=Kuba',
  ),
  alike: alike('Paweł/Paula Michał/Michalina Dominik/Dominika Kamil/Kamila Daniel/Daniela'),
  towns: towns(`Kraków 30-###
    Poznań 60-###
    Łódź 90-###
    Lublin 20-###`),
  streets: listed('Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Kościuszki Mickiewicza Kwiatowa'),
  line: (street, number, flat) => `ul. ${street} ${number}${flat === null ? '' : `/${flat}`}`,
  ofWoman: (family) => family.replace(/([sc])ki$/, '$1ka'),
};

const turkish: Culture = {
  country: '+90',
  women:
    listed(`Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Zehra Sultan Hanife Merve Özlem Esra Büşra Selin Derya Gül Sevgi Nurcan
    Yasemin Dilek Songül Ebru Hülya Aylin Ceren İrem Defne Melike`),
  men: listed(`Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan Halil Süleyman Emre Burak Serkan Cem
    Kemal Orhan Tolga Volkan Erdem Kaan Barış Deniz Onur Selim Tarık`),
  families:
    listed(`Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan
    Şimşek Polat Korkmaz Özcan Çakır Erdoğan Yavuz Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin`),
  shortened: shortened('Mehmet=Memo İbrahim=İbo Mustafa=Mustik Hatice=Hatçe'),
  alike: alike('Emin/Emine Halil/Halile Şerif/Şerife Samet/Samiye Cemil/Cemile'),
  towns: towns(`Bursa 16###
    İzmir 35###
    Konya 42###
    Adana 01###`),
  streets: listed('Atatürk_Caddesi Cumhuriyet_Caddesi İnönü_Sokak Gül_Sokak Bahçe_Sokak Okul_Sokak Çınar_Sokak'),
  line: (street, number, flat) => `${street} No: ${number}${flat === null ? '' : ` D: ${flat}`}`,
};

const arabic: Culture = {
  country: '+212',
  women:
    listed(`Fatima Khadija Aisha Maryam Zahra Layla Samira Nadia Latifa Amina Hafsa Rania Salma Yasmin Hanan Huda Iman Naima Souad
    Malika Karima Zineb Ghizlane Houda Btissam Sanaa Wafa Asma Ilham Rajae`),
  men: listed(`Mohammed Ahmed Ali Hassan Hussein Omar Youssef Khalid Ibrahim Abdullah Mustafa Karim Rachid Hamid Said Jamal Tariq Nabil
    Samir Bilal Hamza Anas Ayoub Driss Fouad Ismail Mehdi Reda Soufiane Yassine`),
  families:
    listed(`Alaoui Benali El_Amrani Haddad Mansouri Idrissi Tazi Bennani Berrada Cherkaoui El_Fassi Chraibi Lahlou Sefrioui
    Benjelloun Ouazzani Filali Kettani Bouazza Rahmani Naciri Zouhair Amrani Saidi Kabbaj Slaoui Hajji Bensaid Daoudi El_Khatib Mernissi
    Skalli Toumi Ziani Belkacem Hamdaoui`),
  shortened: shortened('Mohammed=Simo Fatima=Fati Khadija=Khadi Abdullah=Abdou Mustafa=Mus'),
  alike: alike('Amin/Amina Karim/Karima Samir/Samira Nabil/Nabila Jamil/Jamila Rashid/Rashida'),
  towns: towns(`Casablanca 20###
    Fès 30###
    Rabat 10###
    Agadir 80###`),
  streets: listed('rue_Ibn_Khaldoun avenue_Hassan_II rue_Al_Andalous rue_de_Fès boulevard_Zerktouni rue_des_Oliviers'),
  line: (street, number, flat) => `${number} ${street}${flat === null ? '' : `, Apt ${flat}`}`,
};

const indian: Culture = {
  country: '+91',
  women:
    listed(`Lakshmi Sunita Anita Priya Kavita Rekha Geeta Meena Pooja Neha Asha Usha Radha Sita Shanti Anjali Deepa Divya Swati Nisha
    Ritu Seema Suman Vandana Jyoti Pallavi Shweta Rashmi Archana Sangeeta`),
  men: listed(`Rajesh Suresh Ramesh Mahesh Amit Sanjay Vijay Anil Sunil Ravi Manoj Ashok Deepak Rahul Rohit Vikram Arjun Karthik Prakash
    Mohan Gopal Krishna Nitin Sachin Ajay Vinod Dinesh Mukesh Harish Naveen`),
  families:
    listed(`Sharma Verma Gupta Singh Kumar Patel Shah Mehta Joshi Desai Reddy Rao Nair Menon Iyer Iyengar Mukherjee Chatterjee
    Banerjee Das Ghosh Bose Sen Kapoor Malhotra Chopra Khanna Agarwal Mishra Tiwari Pandey Yadav Chauhan Thakur Kulkarni Deshpande Patil
    Shetty Hegde Pillai`),
  shortened: shortened('Rajesh=Raj Vikram=Vicky Sangeeta=Geetu Anjali=Anju Krishna=Kittu'),
  alike: alike('Rohan/Rohini Anil/Anila Sunil/Sunila Kiran/Kirana Suman/Sumana Ramesh/Rameshwari'),
  towns: towns(`Pune 4110##
    Jaipur 3020##
    Mysuru 5700##
    Indore 4520##`),
  streets: listed(
    'MG_Road Gandhi_Nagar Nehru_Street Station_Road Temple_Street Lake_View_Road Shastri_Marg Tilak_Road',
  ),
  line: (street, number, flat) => `${flat === null ? '' : `Flat ${flat}, `}${number} ${street}`,
};

const chinese: Culture = {
  country: '+86',
  women:
    listed(`Xiuying Guiying Xiulan Yulan Meiling Fang Na Min Jing Li Yan Juan Xia Ting Xiaoyan Yingying Huifen Meihua Lanying Shufen
    Yuzhen Cuihua Siyu Yuxin Zihan Mengqi Jiayi Xinyi Ruoxi Wanqing`),
  men: listed(`Wei Qiang Lei Jun Yang Yong Jie Tao Ming Chao Gang Ping Hui Jianguo Jianhua Zhiqiang Guoqiang Haitao Xiaoming Wenbin Haoran
    Zixuan Yuhang Junjie Tianyu Bowen Zhenhua Dawei Shaohua Minghui`),
  families:
    listed(`Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie Han Tang Feng Yu
    Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Ouyang Situ Zhuge`),
  shortened: {},
  alike: alike('Xiaoyan/Xiaoyang Jianhua/Jianhui Minghua/Minghui Yuxin/Yuxuan Haoran/Haoyan'),
  towns: towns(`Chengdu 6100##
    Hangzhou 3100##
    Xiamen 3610##
    Wuhan 4300##`),
  streets: listed('Zhongshan_Road Renmin_Road Jiefang_Road Nanjing_Road Xinhua_Street Huaihai_Road Heping_Road'),
  line: (street, number, flat) => `${flat === null ? '' : `Room ${flat}, `}${number} ${street}`,
};

const japanese: Culture = {
  country: '+81',
  women:
    listed(`Yoko Keiko Kazuko Sachiko Michiko Yumiko Akiko Tomoko Naoko Mayumi Kumiko Junko Noriko Hiroko Emi Yuka Ayaka Misaki Nanami
    Sakura Haruka Aoi Yui Hina Rin Mio Chiyo Fumiko Setsuko Reiko`),
  men: listed(`Hiroshi Takashi Kenji Kazuo Akira Makoto Shigeru Minoru Osamu Masao Tetsuya Daisuke Kenta Takuya Shota Tsubasa Ryota Haruto
    Sota Yuto Ren Kaito Naoki Koji Satoshi Susumu Isamu Goro Jiro Saburo`),
  families:
    listed(`Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi Matsumoto
    Inoue Kimura Hayashi Shimizu Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Yamashita Ogawa Ishii Hasegawa Goto Okada Kondo Maeda Fujita
    Endo Aoki Sakamoto Murakami Ota Kaneko`),
  shortened: {},
  alike: alike('Yuki/Yuko Haruto/Haruko Naoki/Naoko Akira/Akiko Hiroshi/Hiroko'),
  towns: towns(`Sapporo 060-00##
    Nagoya 450-00##
    Sendai 980-00##
    Hiroshima 730-00##`),
  streets: listed('Honcho Sakuragaoka Midoricho Asahimachi Nakamachi Chuo Minamicho'),
  line: (street, number, flat) =>
    `${1 + (number % 9)}-${1 + (number % 23)}-${number} ${street}${flat === null ? '' : ` #${flat}`}`,
};

export const easternCultures: readonly Culture[] = [polish, turkish, arabic, indian, chinese, japanese];

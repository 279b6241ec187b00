// Real cities and streets, invented house numbers.

export interface Place {
  code: string;
  label: string;
  street: string;
  zipcode: string;
  city: string;
  region: string;
  country: 'FR' | 'ES' | 'GB';
  lat: number;
  long: number;
}

type Row = [code: string, label: string, street: string, zipcode: string, lat: number, long: number];

const inCity = (city: string, region: string, country: Place['country'], rows: Row[]): Place[] =>
  rows.map(([code, label, street, zipcode, lat, long]) => ({
    code,
    label,
    street,
    zipcode,
    city,
    region,
    country,
    lat,
    long,
  }));

// Some store codes are hard to encode: a slash, a space, a hash, a percent sign, an accent.
export const BAKERY_PLACES: readonly Place[] = [
  ...inCity('Paris', 'Île-de-France', 'FR', [
    ['PAR/01', 'Marais', '48 Rue des Francs Bourgeois', '75003', 48.85779, 2.35893],
    ['PAR/02', 'Montorgueil', '23 Rue Montorgueil', '75001', 48.86411, 2.34615],
    ['PAR/03', 'Batignolles', '71 Rue des Batignolles', '75017', 48.88568, 2.32044],
    ['PAR/04', 'Bastille', '12 Rue de la Roquette', '75011', 48.85408, 2.37097],
    ['PAR/05', 'Commerce', '85 Rue du Commerce', '75015', 48.84584, 2.29432],
    ['PAR/06', 'Mouffetard', '104 Rue Mouffetard', '75005', 48.84166, 2.34959],
    ['PAR/07', 'Saint-Lazare', '9 Rue du Havre', '75009', 48.87468, 2.32711],
    ['PAR/08', 'Abbesses', '31 Rue des Abbesses', '75018', 48.88513, 2.33629],
  ]),
  ...inCity('Lyon', 'Auvergne-Rhône-Alpes', 'FR', [
    ['LYON 1', 'Bellecour', '14 Rue Victor Hugo', '69002', 45.75488, 4.83033],
    ['LYON 2', 'Croix-Rousse', '76 Grande Rue de la Croix-Rousse', '69004', 45.77817, 4.82878],
    ['LYON 3', 'Part-Dieu', '22 Rue de Bonnel', '69003', 45.76189, 4.84714],
    ['LYON 4', 'Vieux Lyon', '35 Rue Saint-Jean', '69005', 45.76187, 4.82702],
    ['LYON 5', 'Monplaisir', '118 Avenue des Frères Lumière', '69008', 45.74512, 4.87231],
  ]),
  ...inCity('Marseille', "Provence-Alpes-Côte d'Azur", 'FR', [
    ['MRS-1', 'Vieux-Port', '18 Quai du Port', '13002', 43.29612, 5.37024],
    ['MRS-2', 'Castellane', '57 Rue de Rome', '13006', 43.29093, 5.38019],
    ['MRS-3', 'Prado', '212 Avenue du Prado', '13008', 43.27685, 5.38842],
  ]),
  ...inCity('Bordeaux', 'Nouvelle-Aquitaine', 'FR', [
    ['BOD-1', 'Sainte-Catherine', '93 Rue Sainte-Catherine', '33000', 44.83851, -0.57434],
    ['BOD-2', 'Chartrons', '41 Rue Notre-Dame', '33000', 44.85127, -0.57081],
    ['BOD-3', 'Saint-Michel', '6 Rue des Faures', '33000', 44.83445, -0.56687],
  ]),
  ...inCity('Lille', 'Hauts-de-France', 'FR', [
    ['LIL-1', 'Vieux-Lille', '27 Rue de la Monnaie', '59800', 50.63981, 3.06224],
    ['LIL-2', 'Wazemmes', '110 Rue Gambetta', '59000', 50.62768, 3.05147],
    ['LIL-3', 'Gare', '15 Rue Faidherbe', '59000', 50.63695, 3.06705],
  ]),
  ...inCity('Nantes', 'Pays de la Loire', 'FR', [
    ['NTE-1', 'Graslin', '8 Rue Crébillon', '44000', 47.21347, -1.56016],
    ['NTE-2', 'Talensac', '19 Rue de Talensac', '44000', 47.22073, -1.55829],
    ['NTE_É3', 'Île de Nantes', '5 Boulevard Léon Bureau', '44200', 47.20571, -1.56306],
  ]),
  ...inCity('Toulouse', 'Occitanie', 'FR', [
    ['TLS-1', 'Capitole', '33 Rue du Taur', '31000', 43.60672, 1.44311],
    ['TLS-2', 'Carmes', '24 Rue des Filatiers', '31000', 43.59789, 1.44472],
    ['TLS-3', 'Saint-Cyprien', '61 Avenue Étienne Billières', '31300', 43.59745, 1.42861],
  ]),
  ...inCity('Madrid', 'Comunidad de Madrid', 'ES', [
    ['MAD#1', 'Malasaña', 'Calle de Fuencarral 74', '28004', 40.42678, -3.70214],
    ['MAD#2', 'Salamanca', 'Calle de Goya 39', '28001', 40.42488, -3.68172],
    ['MAD#3', 'La Latina', 'Calle de la Cava Baja 22', '28005', 40.41208, -3.70903],
    ['MAD#4', 'Chamberí', 'Calle de Ponzano 51', '28003', 40.44249, -3.69921],
  ]),
  ...inCity('Barcelona', 'Cataluña', 'ES', [
    ['BCN-1', 'Gràcia', 'Carrer de Verdi 28', '08012', 41.40415, 2.15683],
    ['BCN-2', 'Eixample', 'Carrer de València 263', '08007', 41.39342, 2.16517],
    ['BCN-3', 'El Born', "Carrer de l'Argenteria 45", '08003', 41.38412, 2.18096],
    ['BCN-4', 'Poblenou', 'Rambla del Poblenou 82', '08005', 41.40022, 2.20136],
  ]),
  ...inCity('Valencia', 'Comunidad Valenciana', 'ES', [
    ['VLC-1', 'Ruzafa', 'Carrer de Cuba 17', '46006', 39.46218, -0.37422],
    ['VLC-2', 'El Carmen', 'Carrer de Cavallers 30', '46001', 39.47672, -0.37892],
  ]),
  ...inCity('Sevilla', 'Andalucía', 'ES', [
    ['SVQ-1', 'Centro', 'Calle Sierpes 58', '41004', 37.39061, -5.99448],
  ]),
  ...inCity('London', 'Greater London', 'GB', [
    ['LON-1', 'Marylebone', '62 Marylebone High Street', 'W1U 5HZ', 51.52041, -0.15189],
    ['LON-2', 'Borough', '14 Borough High Street', 'SE1 9QG', 51.50541, -0.09056],
    ['LON-3', 'Islington', '127 Upper Street', 'N1 1QP', 51.53899, -0.10272],
    ['LON-4', 'Clapham', '38 Clapham High Street', 'SW4 7UR', 51.46421, -0.13275],
  ]),
  ...inCity('Manchester', 'Greater Manchester', 'GB', [
    ['MAN-1', 'Northern Quarter', '51 Thomas Street', 'M4 1NA', 53.48458, -2.23654],
  ]),
  ...inCity('Edinburgh', 'Scotland', 'GB', [
    ['EDI%1', 'Stockbridge', '29 Raeburn Place', 'EH4 1HU', 55.95834, -3.21071],
  ]),
];

export const PATISSERIE_PLACES: readonly Place[] = [
  ...inCity('Rennes', 'Bretagne', 'FR', [
    ['REN-1', 'Hoche', '11 Rue Hoche', '35000', 48.11317, -1.67758],
    ['REN-2', 'Thabor', '43 Rue de Paris', '35000', 48.11409, -1.66543],
  ]),
  ...inCity('Strasbourg', 'Grand Est', 'FR', [
    ['SXB-1', 'Cathédrale', '7 Rue des Hallebardes', '67000', 48.58228, 7.74895],
    ['SXB-2', 'Krutenau', '26 Rue de Zurich', '67000', 48.57971, 7.75684],
  ]),
  ...inCity('Grenoble', 'Auvergne-Rhône-Alpes', 'FR', [
    ['GNB-1', 'Victor Hugo', '3 Place Victor Hugo', '38000', 45.18921, 5.72447],
  ]),
];
